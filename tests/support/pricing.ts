import { sql } from 'drizzle-orm'
import { db } from '#db/client.ts'
import {
  promotionItems,
  promotions,
  shippingMethods,
  shippingZonePlaces,
  shippingZones,
  taxClasses,
  taxRates,
} from '#db/schema/index.ts'
import { now } from './cast.ts'

type Changes = Partial<typeof promotions.$inferInsert> & {
  items?: Omit<typeof promotionItems.$inferInsert, 'promotionId'>[]
}

/** A promotion that has been running for a day: 10% off everything, with a code unless the changes say otherwise. */
export async function createPromotion(changes: Changes = {}): Promise<{ id: number }> {
  const { items = [], ...rest } = changes
  const isPlain = rest.kind === undefined || rest.kind === 'percent'
  const [promotion] = await db
    .insert(promotions)
    .values({
      title: 'Spring sale',
      kind: 'percent',
      isAutomatic: false,
      percent: isPlain ? 1_000 : null,
      startsAt: new Date(now.getTime() - 86_400_000),
      isForAll: !items.some(({ isGet }) => !isGet),
      getsAll: !items.some(({ isGet }) => isGet),
      ...rest,
    })
    .returning({ id: promotions.id })
  const { id } = promotion!
  if (items.length > 0)
    await db.insert(promotionItems).values(items.map((item) => ({ ...item, promotionId: id })))
  return { id }
}

/** Ends all promotions, so that those without a code do not apply to the next test's carts. */
export async function endPromotions(): Promise<void> {
  await db.update(promotions).set({ startsAt: new Date(0), endsAt: new Date(1) })
}

/** A shipping zone with these methods; without places it is the rest of the world. */
export async function createZone(
  places: { country: string; region?: string }[],
  methods: Omit<typeof shippingMethods.$inferInsert, 'zoneId'>[],
): Promise<void> {
  const [zone] = await db
    .insert(shippingZones)
    .values({ title: places.map(({ country }) => country).join(), isRestOfWorld: places.length === 0 })
    .returning({ id: shippingZones.id })
  const zoneId = zone!.id
  if (places.length > 0)
    await db.insert(shippingZonePlaces).values(places.map((place) => ({ zoneId, ...place })))
  await db.insert(shippingMethods).values(methods.map((method) => ({ zoneId, ...method })))
}

/** The rate of a country or one of its regions in percent; without a class, the standard one. */
export async function createTaxRate(
  country: string,
  percent: number,
  region = '',
  taxClassId: number | null = null,
): Promise<void> {
  await db.insert(taxRates).values({ country, region, taxClassId, rate: percent * 1_000 })
}

/** Takes back what a test changed about prices. */
export async function resetPricing(): Promise<void> {
  await endPromotions()
  await db.delete(shippingZones)
  await db.delete(taxRates)
  await db.delete(taxClasses)
  await db.execute(sql`update settings set prices_include_tax = true, tax_label = 'Tax', store_country = '',
    shipping_tax = 'goods', allows_reverse_charge = false, shipping_countries = '{}'`)
}
