import type { lt } from 'drizzle-orm'
import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import { can, type Permission, type Rights } from '#app/domain/access/access.ts'
import { paymentProvider } from '#app/domain/billing/payment-provider.server.ts'
import { isEmailServiceSet } from '#app/domain/mail/delivery.server.ts'
import { isToShip, isUnpaid } from '#app/domain/orders/list-orders.server.ts'
import { getFooterLinks } from '#app/domain/pages/pages.server.ts'
import { policyHandles } from '#app/domain/pages/pages.ts'
import { countProductsOf } from '#app/domain/products/list-products.server.ts'
import { promotionStatus } from '#app/domain/promotions/list-promotions.server.ts'
import type { Settings } from '#app/domain/settings/settings.server.ts'
import { listZones } from '#app/domain/shipping/zones.server.ts'
import { db } from '#db/client.ts'
import { emails, media, orders, promotions, returns, reviews, taxRates } from '#db/schema/index.ts'
import type { HealthCheck } from './store-health.ts'

export type HealthArea = Exclude<Permission, 'customers' | 'staff'>

/** The number of things that each check found; 0 is fine. */
export type StoreHealth = { area: HealthArea; checks: { check: HealthCheck; count: number }[] }[]

/** Runs the checks of the areas that this user may see, in the order of the page. */
export async function checkStore(user: Rights, settings: Settings): Promise<StoreHealth> {
  const areas: { area: HealthArea; counts: () => Promise<Partial<Record<HealthCheck, number>>> }[] = [
    { area: 'settings', counts: () => checkSettings(settings) },
    { area: 'catalog', counts: checkCatalog },
    { area: 'orders', counts: checkOrders },
    { area: 'promotions', counts: checkPromotions },
    { area: 'reviews', counts: checkReviews },
  ]
  return Promise.all(
    areas
      .filter(({ area }) => can(user, area))
      .map(async ({ area, counts }) => ({
        area,
        checks: Object.entries(await counts()).map(([check, count]) => ({
          check: check as HealthCheck,
          count,
        })),
      })),
  )
}

async function checkSettings(settings: Settings) {
  const { acceptsBankTransfer, acceptsCashOnDelivery, bankDetails, storeCountry } = settings
  const acceptsCards = paymentProvider() !== null
  const [zones, storeRates, { policies }] = await Promise.all([
    listZones(),
    db.$count(taxRates, and(eq(taxRates.country, storeCountry), isNull(taxRates.taxClassId))),
    getFooterLinks(),
  ])
  return {
    'no-payment-method': toCount(!acceptsBankTransfer && !acceptsCashOnDelivery && !acceptsCards),
    'no-bank-details': toCount(acceptsBankTransfer && bankDetails === ''),
    'zone-without-method': zones.filter(({ methods }) => methods.length === 0).length,
    'country-without-zone': countriesWithoutZone(settings, zones).length,
    'no-store-country': toCount(storeCountry === ''),
    'no-tax-rate': toCount(storeCountry !== '' && storeRates === 0),
    'no-email-service': toCount(!isEmailServiceSet()),
    'missing-policies': policyHandles.length - policies.length,
  }
}

/** Countries that the store ships to and no zone has; without zones, one rate is for all. */
function countriesWithoutZone(
  { shippingCountries }: Settings,
  zones: { isRestOfWorld: boolean; places: { country: string }[] }[],
): string[] {
  if (zones.length === 0 || zones.some(({ isRestOfWorld }) => isRestOfWorld)) return []
  const covered = new Set(zones.flatMap(({ places }) => places.map(({ country }) => country)))
  return shippingCountries.filter((country) => !covered.has(country))
}

async function checkCatalog() {
  const [noPrice, noImage, noAltText, negativeStock, failedImages] = await Promise.all([
    countProductsOf('no-price'),
    countProductsOf('without-image'),
    countProductsOf('no-alt-text'),
    countProductsOf('negative-stock'),
    db.$count(media, eq(media.status, 'failed')),
  ])
  return {
    'no-price': noPrice,
    'negative-stock': negativeStock,
    'without-image': noImage,
    'failed-images': failedImages,
    'no-alt-text': noAltText,
  }
}

async function checkOrders() {
  const isOpen = isNull(orders.canceledAt)
  const [unpaid, unshipped, unanswered, failedEmails] = await Promise.all([
    db.$count(orders, and(isOpen, isUnpaid, olderThan(orders.placedAt, 7))),
    db.$count(orders, and(isOpen, eq(orders.paymentState, 'paid'), isToShip, olderThan(orders.placedAt, 3))),
    db.$count(returns, and(eq(returns.state, 'requested'), olderThan(returns.createdAt, 3))),
    db.$count(emails, eq(emails.status, 'failed')),
  ])
  return {
    'unshipped-for-days': unshipped,
    'unpaid-for-days': unpaid,
    'unanswered-returns': unanswered,
    'failed-emails': failedEmails,
  }
}

async function checkPromotions() {
  return {
    'endless-promotions': await db.$count(
      promotions,
      sql`${promotionStatus()} = 'active' and ${promotions.endsAt} is null`,
    ),
  }
}

async function checkReviews() {
  return {
    'waiting-reviews': await db.$count(
      reviews,
      and(eq(reviews.status, 'pending'), olderThan(reviews.submittedAt, 3)),
    ),
  }
}

function olderThan(column: Parameters<typeof lt>[0], days: number): SQL {
  return sql`${column} < now() - make_interval(days => ${days}::int)`
}

const toCount = (isFound: boolean) => (isFound ? 1 : 0)
