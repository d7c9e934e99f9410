import { randomBytes, randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import type { Settings } from '#app/domain/settings/settings.server.ts'
import { closeDb, connect, db } from '#db/client.ts'
import { closeOutbox, openOutbox } from '#db/outbox.ts'
import { createGuest, createProduct, filledForm, now, createShop } from '#tests/support/cast.ts'
import { createPromotion, createTaxRate, createZone } from '#tests/support/pricing.ts'
import { createScratchDatabase, startScratchServer } from '#tests/support/scratch.ts'
import { compare, type Figure } from './figures.ts'

const shoppers = 8
const ordersPerRun = 400
const runs = 5

/**
 * Placing an order of two lines with a promotion, a shipping zone, tax and its confirmation job, by eight concurrent
 * shoppers, against the same rows written in one plain SQL transaction. Carts are filled before the clock starts.
 */
export async function run(): Promise<Figure[]> {
  const server = await startScratchServer()
  try {
    const url = await createScratchDatabase(server, 'bench')
    connect(url, { max: shoppers, acquireTimeoutMs: 60_000 })
    await openOutbox()
    const plain = postgres(url, { max: shoppers, onnotice: () => {} })
    const { settings } = await createShop()
    const { id: promotionId } = await createPromotion({ isAutomatic: true })
    await createZone([{ country: 'IE' }], [{ title: 'Post', rate: 490 }])
    await createTaxRate('IE', 23)
    const catalog = await Promise.all(Array.from({ length: 200 }, () => createProduct({ stock: 100_000 })))
    const ours: number[] = []
    const reference: number[] = []
    await measureOurs(catalog, settings)
    await measureReference(catalog, plain, promotionId)
    for (let turn = 0; turn < runs; turn += 1) {
      ours.push(await measureOurs(catalog, settings))
      reference.push(await measureReference(catalog, plain, promotionId))
    }
    await plain.end()
    await closeOutbox()
    await closeDb()
    return [
      compare({
        what: `orders placed, ${shoppers} concurrent shoppers`,
        unit: 'orders/s',
        ours,
        reference,
        atLeast: 0.5,
      }),
    ]
  } finally {
    await server.stop()
  }
}

type Catalog = { variantId: number }[]

/** Two different products, others for each buyer, so that there is no lock contention. */
function pickTwo(catalog: Catalog, buyer: number): Catalog {
  return [catalog[(buyer * 2) % catalog.length]!, catalog[(buyer * 2 + 1) % catalog.length]!]
}

async function measureOurs(catalog: Catalog, settings: Settings): Promise<number> {
  const buyers: Parameters<typeof placeOrder>[0][] = []
  for (let buyer = 0; buyer < ordersPerRun; buyer += 1) {
    const shopper = await createGuest(...pickTwo(catalog, buyer))
    buyers.push({ shopper, form: await filledForm(shopper, settings), settings, now })
  }
  return perSecond(buyers, async (buyer) => {
    const result = await placeOrder(buyer)
    if (!result.ok) throw new Error(result.reason)
  })
}

async function measureReference(catalog: Catalog, plain: postgres.Sql, promotionId: number): Promise<number> {
  const carts: number[] = []
  for (let buyer = 0; buyer < ordersPerRun; buyer += 1) {
    const shopper = await createGuest(...pickTwo(catalog, buyer))
    const [cart] = await db.execute(sql`select id::int from carts where session_id = ${shopper.sessionId}`)
    carts.push(Number(cart!.id))
  }
  return perSecond(carts, (cartId) => insertPlainOrder(plain, { cartId, promotionId }))
}

async function perSecond<T>(work: T[], step: (one: T) => Promise<void>): Promise<number> {
  const queue = [...work]
  const started = performance.now()
  await Promise.all(
    Array.from({ length: shoppers }, async () => {
      for (let next = queue.pop(); next !== undefined; next = queue.pop()) await step(next)
    }),
  )
  return (work.length * 1000) / (performance.now() - started)
}

/** Only the rows of an order: no checks in code, no retries, no types. */
async function insertPlainOrder(
  plain: postgres.Sql,
  { cartId, promotionId }: { cartId: number; promotionId: number },
): Promise<void> {
  await plain.begin(async (tx) => {
    await tx`select id from carts where id = ${cartId} for update`
    const lines = await tx`
      select v.id, p.id as product_id, p.title, v.price, l.quantity
      from cart_lines l join variants v on v.id = l.variant_id join products p on p.id = v.product_id
      where l.cart_id = ${cartId} order by v.id for update of v`
    const subtotal = lines.reduce((sum, line) => sum + Number(line.price) * Number(line.quantity), 0)
    const discounts = lines.map((line) => Math.round((Number(line.price) * Number(line.quantity)) / 10))
    const discount = discounts.reduce((sum, part) => sum + part, 0)
    const total = subtotal - discount + 490
    const tax = Math.round((total * 23) / 123)
    const [order] = await tx`
      insert into orders (number_prefix, token, checkout_key, content_hash, email, ship_name, ship_line1, ship_city,
        ship_country, shipping_label, payment_method, currency, subtotal, discount_total, shipping_total, tax_total, total,
        price_breakdown)
      values ('#', ${randomBytes(16).toString('base64url')}, ${randomUUID()}, ${randomBytes(32)}, 'ada@example.com',
        'Ada', '12 Square', 'Dublin', 'IE', 'Post', 'bank-transfer', 'EUR', ${subtotal}, ${discount}, 490, ${tax},
        ${total}, ${tx.json([{ kind: 'line', label: 'all', amount: total }])})
      returning id`
    const orderId = Number(order!.id)
    for (const [index, line] of lines.entries()) {
      await tx`update variants set stock = stock - ${line.quantity} where id = ${line.id} and stock >= ${line.quantity}`
      await tx`insert into stock_ledger (variant_id, delta, balance, reason, order_id)
        select id, ${-line.quantity}::int, stock, 'sale', ${orderId} from variants where id = ${line.id}`
      await tx`insert into order_lines (order_id, variant_id, product_id, title, quantity, unit_price, discount_total,
          line_total, tax_rate, tax_total, stock_taken)
        values (${orderId}, ${line.id}, ${line.product_id}, ${line.title}, ${line.quantity}, ${line.price},
          ${discounts[index]!}, ${Number(line.price) * Number(line.quantity) - discounts[index]!}, 23000, 0, true)`
    }
    await tx`insert into promotion_redemptions (order_id, promotion_id, amount)
      values (${orderId}, ${promotionId}, ${discount})`
    await tx`insert into order_events (order_id, kind) values (${orderId}, 'placed')`
    const [mail] = await tx`insert into emails (kind, dedupe_key, to_email, order_id)
      values ('order-confirmed', ${`reference:${orderId}`}, 'ada@example.com', ${orderId}) returning id`
    await tx`insert into pgboss.job (name, data) values ('send-email', ${tx.json({ emailId: Number(mail!.id) })})`
    await tx`delete from cart_lines where cart_id = ${cartId}`
    await tx`update carts set checkout_key = gen_random_uuid(), version = version + 1 where id = ${cartId}`
  })
}
