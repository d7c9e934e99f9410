import { asc, sql } from 'drizzle-orm'
import { promotionColumns, toPromotion } from '#app/domain/promotions/stored-promotion.server.ts'
import { cachedByCatalogVersion } from '#app/domain/realtime/catalog-cache.server.ts'
import { db, type Tx } from '#db/client.ts'
import { pricingVersion, promotions, shippingMethods, shippingZones, taxRates } from '#db/schema/index.ts'
import type { Promotion } from '#app/domain/pricing/promotion.ts'
import type { ShippingMethod, ShippingZone } from '#app/domain/pricing/shipping-rates.ts'
import { standardTaxClass, type TaxRate } from '#app/domain/pricing/tax.ts'

/** What staff decided about prices, besides the settings. */
export type PricingRules = {
  /** Those without a code that have not ended, oldest first; some may not have started. */
  automatic: Promotion[]
  zones: ShippingZone[]
  rates: TaxRate[]
}

/** The rules, cached until staff change them. */
export function getPricingRules(): Promise<PricingRules> {
  return cachedByCatalogVersion({ question: 'pricing rules', dependsOn: [] }, () => readPricingRules(db))
}

/** The version of the rules, as a column; null when it is not known. */
export const rulesVersion = sql<string | null>`(select ${pricingVersion.version} from ${pricingVersion})`

let lastRead: { version: string; rules: PricingRules } | null = null

/**
 * The rules of this version, which the transaction has read: from memory while it is the version that was read last, so
 * that an order costs no queries for rules that did not change.
 */
export async function readPricingRulesOf(tx: Tx, version: string | null): Promise<PricingRules> {
  if (lastRead && lastRead.version === version) return lastRead.rules
  const rules = await readPricingRules(tx)
  lastRead = version === null ? null : { version, rules }
  return rules
}

/** The rules as they are in the database now. */
export async function readPricingRules(reader: typeof db | Tx): Promise<PricingRules> {
  const [automatic, zones, methods, rates] = await Promise.all([
    reader
      .select(promotionColumns)
      .from(promotions)
      .where(sql`${promotions.isAutomatic} and coalesce(${promotions.endsAt} > now(), true)`)
      .orderBy(asc(promotions.id)),
    reader
      .select({ id: shippingZones.id, title: shippingZones.title, places: placesOf })
      .from(shippingZones)
      .orderBy(asc(shippingZones.id)),
    reader.select().from(shippingMethods).orderBy(asc(shippingMethods.id)),
    reader.select().from(taxRates),
  ])
  return {
    automatic: automatic.map((row) => toPromotion(row)),
    zones: zones.map((zone) => ({
      ...zone,
      methods: methods.filter(({ zoneId }) => zoneId === zone.id).map(toMethod),
    })),
    rates: rates.map(({ country, region, taxClassId, rate }) => ({
      country,
      region: region || null,
      taxClass: taxClassId === null ? standardTaxClass : String(taxClassId),
      rate,
    })),
  }
}

const placesOf = sql<{ country: string; region: string | null }[]>`(
  select coalesce(jsonb_agg(jsonb_build_object('country', p.country, 'region', nullif(p.region, ''))), '[]')
  from shipping_zone_places p where p.zone_id = shipping_zones.id)`

function toMethod(row: typeof shippingMethods.$inferSelect): ShippingMethod {
  const { id, title, daysMin, daysMax, isPickup, priceBy, rate, tiers, freeFrom } = row
  return {
    id: String(id),
    ...{ title, daysMin, daysMax, isPickup, freeFrom },
    price: priceBy === 'flat' ? { by: 'flat', rate } : { by: priceBy, tiers },
  }
}
