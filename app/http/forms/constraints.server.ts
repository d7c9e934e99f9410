import { z } from 'zod'
import type { Constraint } from '#app/components/form-fields.ts'

/**
 * The schema's limits as attributes of form controls, by field name ("lines[].quantity"), for the loader's data: the
 * browser checks the same rules and downloads no schema. Conform's own reader looks where zod 4.6 no longer keeps
 * them.
 */
export function constraintsOf(schema: z.ZodType): Record<string, Constraint> {
  const found: Record<string, Constraint> = {}
  walk(schema, '', true, found)
  return found
}

function walk(schema: unknown, name: string, required: boolean, found: Record<string, Constraint>): void {
  if (schema instanceof z.ZodObject) {
    for (const [key, field] of Object.entries(schema.shape))
      walk(field, name ? `${name}.${key}` : key, true, found)
  } else if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
    walk(schema.def.innerType, name, false, found)
  } else if (schema instanceof z.ZodPipe) {
    walk(schema.in, name, required, found)
    if (schema.out instanceof z.ZodNumber) walk(schema.out, name, required, found)
  } else if (schema instanceof z.ZodArray) {
    walk(schema.element, `${name}[]`, true, found)
  } else if (name !== '') {
    found[name] = { ...found[name], required, ...limitsOf(schema) }
  }
}

function limitsOf(schema: unknown): Constraint {
  if (schema instanceof z.ZodNumber)
    return { min: schema.minValue ?? undefined, max: schema.maxValue ?? undefined }
  if (!(schema instanceof z.ZodString)) return {}
  // `required` already covers "at least one character".
  const minLength = schema.minLength !== null && schema.minLength > 1 ? schema.minLength : undefined
  return { minLength, maxLength: schema.maxLength ?? undefined }
}
