import { z } from 'zod'

/**
 * Whether the schema reads a field of this name, such as "rows[2].price" or "tags". Names that control Conform itself
 * ("__intent__", "__state__") are in no schema.
 */
export function isKnownField(schema: z.ZodType, name: string): boolean {
  return leadsToField(schema, name.match(/[^.[\]]+|\[\d*\]/g) ?? [])
}

function leadsToField(schema: unknown, steps: string[]): boolean {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return leadsToField(schema.def.innerType, steps)
  if (schema instanceof z.ZodPipe) return leadsToField(schema.in, steps)
  if (schema instanceof z.ZodIntersection)
    return leadsToField(schema.def.left, steps) || leadsToField(schema.def.right, steps)
  const [step, ...rest] = steps
  if (schema instanceof z.ZodObject)
    return step !== undefined && Object.hasOwn(schema.shape, step) && leadsToField(schema.shape[step], rest)
  if (schema instanceof z.ZodArray)
    // No further step: the same name several times, as checkboxes send it.
    return leadsToField(schema.element, step?.startsWith('[') ? rest : steps)
  return step === undefined
}
