import { eq, sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { db } from '#db/client.ts'
import { emails, media, productImages, reviews, shippingMethods, variants } from '#db/schema/index.ts'
import { createOrder, createProduct, createShop } from '#tests/support/cast.ts'
import { createProductImage } from '#tests/support/images.ts'
import { createPaidOrder, createReturnedOrder } from '#tests/support/payments.ts'
import { createPromotion, createTaxRate, createZone, resetPricing } from '#tests/support/pricing.ts'
import { createAuthor, writeReview } from '#tests/support/reviews.ts'
import { checkStore } from './store-health.server.ts'
import { describeHealth, type HealthCheck, healthChecks } from './store-health.ts'

beforeEach(async () => {
  await createShop()
  await resetPricing()
})

async function countOf(check: HealthCheck): Promise<number> {
  const areas = await checkStore({ role: 'owner', permissions: [] }, (await getSettings())!)
  return areas.flatMap(({ checks }) => checks).find((each) => each.check === check)!.count
}

const set = (values: string) => db.execute(sql.raw(`update settings set ${values}, version = version + 1`))

async function createAgedOrder(days: number, create: () => Promise<{ orderId: number }>) {
  const { orderId } = await create()
  await db.execute(
    sql`update orders set placed_at = now() - make_interval(days => ${days}::int) where id = ${orderId}`,
  )
}

async function createUnpaidOrder() {
  const { variantId } = await createProduct()
  return createOrder({ variantId, quantity: 1 })
}

async function createPlainZone(country: string) {
  await createZone([{ country }], [{ title: 'Post' }])
}

const cases: [HealthCheck, found: () => Promise<unknown>, fine: () => Promise<unknown>][] = [
  [
    'no-payment-method',
    () => set('accepts_bank_transfer = false, accepts_cash_on_delivery = false'),
    () => set('accepts_cash_on_delivery = true'),
  ],
  [
    'no-bank-details',
    () => set(`accepts_bank_transfer = true, bank_details = ''`),
    () => set(`bank_details = 'IE29'`),
  ],
  [
    'zone-without-method',
    async () => {
      await createPlainZone('DE')
      await db.delete(shippingMethods)
    },
    () =>
      db.execute(sql`insert into shipping_methods (zone_id, title) select id, 'Post' from shipping_zones`),
  ],
  [
    'country-without-zone',
    async () => {
      await set(`shipping_countries = '{DE,FR}'`)
      await createPlainZone('DE')
    },
    () => createPlainZone('FR'),
  ],
  ['no-store-country', () => set(`store_country = ''`), () => set(`store_country = 'IE'`)],
  ['no-tax-rate', () => set(`store_country = 'IE'`), () => createTaxRate('IE', 23)],
  ['no-price', async () => createProduct({ price: null }), () => db.execute(sql`delete from products`)],
  [
    'negative-stock',
    () => createProduct({ stock: -2, allowBackorder: true }),
    () =>
      db
        .update(variants)
        .set({ trackStock: false })
        .where(sql`stock < 0`),
  ],
  ['without-image', () => createProduct(), async () => db.execute(sql`delete from products`)],
  [
    'no-alt-text',
    async () => {
      const { productId } = await createProduct()
      const imageId = await createProductImage(productId, 1)
      await db.update(productImages).set({ alt: '' }).where(eq(productImages.id, imageId))
    },
    () => db.update(productImages).set({ alt: 'A pot' }),
  ],
  [
    'failed-images',
    () =>
      db.insert(media).values({
        ...{ hash: 'f'.repeat(64), status: 'failed', error: 'No image', contentType: 'image/png' },
        ...{ byteSize: 1, original: Buffer.from('x') },
      }),
    () => db.delete(media).where(eq(media.status, 'failed')),
  ],
  [
    'unpaid-for-days',
    () => createAgedOrder(8, createUnpaidOrder),
    () =>
      db.execute(
        sql`update orders set placed_at = now() - interval '6 days' where payment_state = 'pending'`,
      ),
  ],
  [
    'unshipped-for-days',
    () => createAgedOrder(4, createPaidOrder),
    () =>
      db.execute(sql`update orders set placed_at = now() - interval '2 days' where payment_state = 'paid'`),
  ],
  [
    'unanswered-returns',
    async () => {
      await createReturnedOrder()
      await db.execute(sql`update returns set created_at = now() - interval '4 days'`)
    },
    () => db.execute(sql`update returns set created_at = now() - interval '2 days'`),
  ],
  [
    'failed-emails',
    async () => {
      await createUnpaidOrder()
      await db.execute(
        sql`update emails set status = 'failed', last_error = 'No' where id = (select max(id) from emails)`,
      )
    },
    () => db.update(emails).set({ status: 'held', lastError: '' }).where(eq(emails.status, 'failed')),
  ],
  [
    'endless-promotions',
    () => createPromotion({ isAutomatic: true, endsAt: null }),
    () => db.execute(sql`update promotions set ends_at = now() + interval '1 day' where ends_at is null`),
  ],
  [
    'waiting-reviews',
    async () => {
      const { productId } = await createProduct()
      await writeReview(await createAuthor(), productId)
      await db.execute(sql`update reviews set submitted_at = now() - interval '4 days'`)
    },
    () => db.delete(reviews),
  ],
]

test.each(cases)('%s is found, and is fine afterwards', async (check, found, fine) => {
  if ((await countOf(check)) > 0) await fine()
  expect(await countOf(check)).toBe(0)
  await found()
  expect(await countOf(check)).toBe(1)
  expect(describeHealth(check, 1).title).not.toBe(describeHealth(check, 0).title)
  await fine()
  expect(await countOf(check)).toBe(0)
})

test('each check has a case here, but for what this process cannot change', async () => {
  const elsewhere = ['no-email-service', 'missing-policies']
  expect([...cases.map(([check]) => check), ...elsewhere].sort()).toEqual(Object.keys(healthChecks).sort())
  expect(await countOf('no-email-service')).toBe(1)
  expect(await countOf('missing-policies')).toBe(5)
})

test('each user sees the areas of their permissions', async () => {
  const settings = (await getSettings())!
  const areasOf = async (permissions: 'orders'[]) =>
    (await checkStore({ role: 'staff', permissions }, settings)).map(({ area }) => area)
  expect(await areasOf(['orders'])).toEqual(['orders'])
  expect(await areasOf([])).toEqual([])
  expect((await checkStore({ role: 'admin', permissions: [] }, settings)).length).toBe(5)
})
