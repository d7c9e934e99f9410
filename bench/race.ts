/**
 * npm run race -- --stock 5 --buyers 50
 * npm run race -- --scenario promo --buyers 50
 * npm run race -- --scenario refunds --buyers 10
 * npm run race -- --scenario cancel --buyers 20
 * npm run race -- --scenario edit --buyers 20
 * npm run race -- --scenario webhooks
 * npm run race -- --scenario expiry --buyers 20
 * npm run race -- --scenario drafts --buyers 20
 * npm run race -- --scenario stock-alerts --buyers 50
 *
 * With --scenario promo: see race-promotions.ts; refunds (--buyers is the number of staff) and cancel (--buyers is the
 * number of orders): see race-refunds.ts; webhooks and expiry: see race-payments.ts; edit: see race-edits.ts; drafts:
 * see race-drafts.ts; stock-alerts (--buyers is the number of people who wait): see race-stock-alerts.ts. Otherwise:
 * Lets concurrent buyers, each with one item in the cart, order more than the stock, on a scratch database and real
 * connections. Prints the orders, the ledger, and whether the invariants hold; exits with 1 when more or less was sold
 * than the stock.
 */
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { eq, sql } from 'drizzle-orm'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { closeDb, connect, db } from '#db/client.ts'
import { closeOutbox, openOutbox } from '#db/outbox.ts'
import { orders, stockLedger, variants } from '#db/schema/index.ts'
import { createGuest, createProduct, filledForm, now, createShop } from '#tests/support/cast.ts'
import { raceDrafts } from './race-drafts.ts'
import { raceEdits } from './race-edits.ts'
import { raceExpiry, raceWebhooks } from './race-payments.ts'
import { racePromotions } from './race-promotions.ts'
import { raceCancellations, raceRefunds } from './race-refunds.ts'
import { raceStockAlerts } from './race-stock-alerts.ts'
import { createScratchDatabase, startScratchServer } from '#tests/support/scratch.ts'

const { values } = parseArgs({
  options: {
    scenario: { type: 'string', default: 'stock' },
    stock: { type: 'string', default: '5' },
    buyers: { type: 'string', default: '50' },
  },
})
const scenarios: Record<string, () => Promise<boolean>> = {
  stock: race,
  promo: () => soundly(racePromotions(buyers)),
  webhooks: () => soundly(raceWebhooks()),
  expiry: () => soundly(raceExpiry(buyers)),
  refunds: () => soundly(raceRefunds(buyers)),
  cancel: () => soundly(raceCancellations(buyers)),
  edit: () => soundly(raceEdits(buyers)),
  drafts: () => soundly(raceDrafts(buyers)),
  'stock-alerts': () => soundly(raceStockAlerts(buyers)),
}
const scenario = scenarios[values.scenario]
if (!scenario) {
  console.error(`--scenario must be one of ${Object.keys(scenarios).join(', ')}`)
  process.exit(1)
}
const stock = numberOf('--stock', values.stock, 0, 10_000)
const buyers = numberOf('--buyers', values.buyers, 1, 2_000)

const server = await startScratchServer()
try {
  const url = await createScratchDatabase(server, 'race')
  connect(url, { max: 40, acquireTimeoutMs: 60_000, lockTimeoutMs: 60_000 })
  await openOutbox()
  process.exitCode = (await scenario()) ? 0 : 1
  await closeOutbox()
  await closeDb()
} finally {
  await server.stop()
}

/** Whether exactly as many orders were placed as there was stock for. */
async function race(): Promise<boolean> {
  const { settings } = await createShop()
  // The carts are filled while there is enough stock for all; then the stock is set.
  const { variantId } = await createProduct({ title: 'The last items', stock: buyers })
  const guests = await Promise.all(Array.from({ length: buyers }, () => createGuest({ variantId })))
  const forms = await Promise.all(guests.map((buyer) => filledForm(buyer, settings)))
  if (stock !== buyers)
    await db.execute(sql`with counted as (update variants set stock = ${stock} where id = ${variantId} returning id)
      insert into stock_ledger (variant_id, delta, balance, reason, note)
      select id, ${stock - buyers}::int, ${stock}::int, 'correction', 'set before the race' from counted`)

  const started = performance.now()
  const results = await Promise.all(
    guests.map((shopper, index) => placeOrder({ shopper, form: forms[index]!, settings, now })),
  )
  const tookMs = Math.round(performance.now() - started)

  console.log(`${buyers} buyers, ${stock} in stock, concurrently: ${tookMs} ms\n`)
  const outcomes = Object.groupBy(results, (result) => (result.ok ? 'order placed' : result.reason))
  console.table(Object.entries(outcomes).map(([outcome, all]) => ({ outcome, buyers: all?.length })))
  console.log('\nThe ledger:')
  const ledger = await db
    .select({
      delta: stockLedger.delta,
      balance: stockLedger.balance,
      reason: stockLedger.reason,
      order: orders.number,
      note: stockLedger.note,
    })
    .from(stockLedger)
    .leftJoin(orders, eq(orders.id, stockLedger.orderId))
    .where(eq(stockLedger.variantId, variantId))
    .orderBy(stockLedger.id)
  console.table(ledger)

  const [variant] = await db.select().from(variants).where(eq(variants.id, variantId))
  const placed = results.filter((result) => result.ok).length
  const expected = Math.min(stock, buyers)
  const sum = ledger.reduce((total, row) => total + row.delta, 0)
  console.log(`\n${placed} orders (${expected} expected), ${variant!.stock} left, ledger sum ${sum}`)
  const isSound = await holdInvariants()
  return placed === expected && variant!.stock === stock - expected && sum === variant!.stock && isSound
}

async function soundly(run: Promise<boolean>): Promise<boolean> {
  const isRight = await run
  return (await holdInvariants()) && isRight
}

async function holdInvariants(): Promise<boolean> {
  const broken = await db.execute(sql.raw(await readFile('tests/support/invariants.sql', 'utf8')))
  console.log(broken.length === 0 ? 'All invariants hold.' : [...broken])
  return broken.length === 0
}

function numberOf(name: string, typed: string, min: number, max: number): number {
  const value = Number(typed)
  if (typed !== '' && Number.isInteger(value) && value >= min && value <= max) return value
  console.error(`${name} must be a whole number from ${min} to ${max}, for example ${name} 5`)
  process.exit(1)
}
