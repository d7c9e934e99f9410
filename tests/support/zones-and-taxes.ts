import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { createMethod } from '#app/domain/shipping/methods.server.ts'
import type { MethodFacts } from '#app/domain/shipping/zone.schema.ts'
import { createZone, getZone } from '#app/domain/shipping/zones.server.ts'
import { createTaxClass } from '#app/domain/taxes/tax-classes.server.ts'
import { createTaxRate } from '#app/domain/taxes/tax-rates.server.ts'
import { db } from '#db/client.ts'
import { shippingZones, taxClasses, taxRates } from '#db/schema/index.ts'
import { anyUser } from './cast.ts'

const by = anyUser

/** A method for 4.90, also for pickup or with tiers. */
export const flatMethod: MethodFacts = {
  ...{ title: 'Post', isPickup: false, priceBy: 'flat', rate: 490, tiers: [], freeFrom: null },
  ...{ daysMin: 2, daysMax: 4 },
}

/** A zone with one method: the rest of the world the first time, so that every address is served. */
export async function createZoneWithMethod(country = 'AQ'): Promise<{ zoneId: number; methodId: number }> {
  const isRestOfWorld = (await db.$count(shippingZones)) === 0
  const places = isRestOfWorld ? [] : [{ country, region: '' }]
  const zone = await createZone({ title: 'Everywhere', isRestOfWorld, places, by })
  if (!zone.ok) throw new Error(zone.reason)
  await createMethod({ ...flatMethod, zoneId: zone.id, by })
  const { methods } = (await getZone(zone.id))!
  return { zoneId: zone.id, methodId: methods[0]!.id }
}

/** A tax class with a rate in a country. */
export async function createClassWithRate(country = 'AQ'): Promise<{ classId: number; rateId: number }> {
  const title = `Class ${randomUUID()}`
  await createTaxClass({ title, by })
  const [taxClass] = await db.select().from(taxClasses).where(eq(taxClasses.title, title))
  const taxClassId = taxClass!.id
  await createTaxRate({ country, region: '', taxClassId, rate: 7_000, by })
  const [rate] = await db.select().from(taxRates).where(eq(taxRates.taxClassId, taxClassId))
  return { classId: taxClassId, rateId: rate!.id }
}
