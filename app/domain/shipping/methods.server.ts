import { and, eq, sql } from 'drizzle-orm'
import { auditedTransaction, db } from '#db/client.ts'
import { violatedConstraint } from '#db/errors.ts'
import { shippingMethods, shippingZones } from '#db/schema/index.ts'
import type { MethodFacts } from './zone.schema.ts'

/** A method with its zone, for its form; null when there is none. */
export async function getMethod(id: number) {
  const [row] = await db
    .select({ method: shippingMethods, zone: { id: shippingZones.id, title: shippingZones.title } })
    .from(shippingMethods)
    .innerJoin(shippingZones, eq(shippingZones.id, shippingMethods.zoneId))
    .where(eq(shippingMethods.id, id))
  return row ?? null
}

/** Adds a method to a zone; false when the zone was deleted. */
export async function createMethod(input: MethodFacts & { zoneId: number; by: number }): Promise<boolean> {
  const { by, ...facts } = input
  try {
    await auditedTransaction(by, (tx) => tx.insert(shippingMethods).values(facts))
    return true
  } catch (error) {
    if (violatedConstraint(error) === 'shipping_methods_zone_id_shipping_zones_id_fk') return false
    throw error
  }
}

export type UpdateMethodResult = { ok: true; zoneId: number } | { ok: false; reason: 'stale' | 'not-found' }

/** Saves a method's form. Refused when it was saved since `version`. */
export async function updateMethod(
  input: MethodFacts & { id: number; version: number; by: number },
): Promise<UpdateMethodResult> {
  const { id, version, by, ...facts } = input
  return auditedTransaction(by, async (tx): Promise<UpdateMethodResult> => {
    const [saved] = await tx
      .update(shippingMethods)
      .set({ ...facts, version: version + 1, updatedAt: sql`now()` })
      .where(and(eq(shippingMethods.id, id), eq(shippingMethods.version, version)))
      .returning({ zoneId: shippingMethods.zoneId })
    if (saved) return { ok: true, zoneId: saved.zoneId }
    const isThere = (await tx.$count(shippingMethods, eq(shippingMethods.id, id))) > 0
    return { ok: false, reason: isThere ? 'stale' : 'not-found' }
  })
}

/** Deletes a method; null when there is none. */
export async function deleteMethod(
  id: number,
  by: number,
): Promise<{ zoneId: number; title: string } | null> {
  const [deleted] = await auditedTransaction(by, (tx) =>
    tx
      .delete(shippingMethods)
      .where(eq(shippingMethods.id, id))
      .returning({ zoneId: shippingMethods.zoneId, title: shippingMethods.title }),
  )
  return deleted ?? null
}
