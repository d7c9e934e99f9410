import { asc, eq, sql } from 'drizzle-orm'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { sendQueuedEmail } from '#app/domain/emails/send-email.server.ts'
import { deriveLinkToken, getEmailLink } from '#app/domain/mail/email-links.server.ts'
import { deleteExpired } from '#app/domain/maintenance/cleanup.server.ts'
import { db } from '#db/client.ts'
import { emails, products, stockAlerts } from '#db/schema/index.ts'
import { createOrder, createProduct, createShop, setStock } from '#tests/support/cast.ts'
import { notifyBackInStock } from './notify-back-in-stock.server.ts'
import { confirmStockAlert, requestStockAlert } from './request-alert.server.ts'
import {
  countStockAlerts,
  deleteStockAlerts,
  listStockAlerts,
  stopStockAlerts,
} from './stock-alerts.server.ts'

let olga: number
beforeAll(async () => {
  ;({ olga } = await createShop())
})

// The job looks at all products.
beforeEach(async () => {
  await db.delete(stockAlerts)
})

type Pot = Awaited<ReturnType<typeof createProduct>>

const ask = ({ handle, variantId }: Pot, email: string, isVerified = true) =>
  requestStockAlert({ product: handle, variantId, email, isVerified })

async function createSoldOut(...people: string[]): Promise<Pot> {
  const pot = await createProduct({ title: 'Clay pot', stock: 0 })
  for (const email of people) expect(await ask(pot, email)).toEqual({ ok: true })
  return pot
}

const hoursFromNow = (hours: number) => new Date(Date.now() + hours * 3_600_000)

async function notifiedFor({ variantId }: Pot): Promise<string[]> {
  const rows = await db
    .select({ to: emails.toEmail })
    .from(emails)
    .innerJoin(stockAlerts, eq(stockAlerts.id, emails.stockAlertId))
    .where(sql`${stockAlerts.variantId} = ${variantId} and ${emails.kind} = 'back-in-stock'`)
    .orderBy(asc(emails.id))
  return rows.map(({ to }) => to).toSorted()
}

async function confirmationsOf(email: string) {
  return db
    .select()
    .from(emails)
    .where(sql`${emails.toEmail} = ${email} and ${emails.kind} = 'stock-alert-confirmation'`)
    .orderBy(asc(emails.id))
}

test('with stock 3 the three who asked first are notified, once', async () => {
  const pot = await createSoldOut('1@a.example', '2@a.example', '3@a.example', '4@a.example', '5@a.example')
  expect(await notifyBackInStock(new Date())).toBe(0)
  await setStock(pot.variantId, 3, olga)
  expect(await notifyBackInStock(new Date())).toBe(3)
  expect(await notifyBackInStock(new Date())).toBe(0)
  expect(await notifiedFor(pot)).toEqual(['1@a.example', '2@a.example', '3@a.example'])
  expect(await countStockAlerts(pot.productId)).toEqual({ [pot.variantId]: 2 })
})

test('the next are notified when stock rises, by as many as it rose', async () => {
  const pot = await createSoldOut('1@b.example', '2@b.example', '3@b.example')
  await setStock(pot.variantId, 1, olga)
  await notifyBackInStock(new Date())
  await setStock(pot.variantId, 2, olga)
  await notifyBackInStock(new Date())
  expect(await notifiedFor(pot)).toEqual(['1@b.example', '2@b.example'])
})

test('a unit that was sold since no longer counts as waited for: a new delivery serves the next', async () => {
  const pot = await createSoldOut('1@c.example', '2@c.example')
  await setStock(pot.variantId, 1, olga)
  await notifyBackInStock(new Date())
  await createOrder(pot)
  expect(await notifyBackInStock(new Date())).toBe(0)
  await setStock(pot.variantId, 1, olga)
  expect(await notifyBackInStock(new Date())).toBe(1)
  expect(await notifiedFor(pot)).toEqual(['1@c.example', '2@c.example'])
})

test('when the stock is still there a day later, the next are notified', async () => {
  const pot = await createSoldOut('1@d.example', '2@d.example')
  await setStock(pot.variantId, 1, olga)
  await notifyBackInStock(new Date())
  expect(await notifyBackInStock(hoursFromNow(23))).toBe(0)
  expect(await notifyBackInStock(hoursFromNow(25))).toBe(1)
})

test('eight workers at once notify each person once, and no more than the stock', async () => {
  const people = Array.from({ length: 30 }, (_, index) => `p${String(index).padStart(2, '0')}@e.example`)
  const pot = await createSoldOut(...people)
  await setStock(pot.variantId, 20, olga)
  const counts = await Promise.all(Array.from({ length: 8 }, () => notifyBackInStock(new Date())))
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(20)
  expect(await notifiedFor(pot)).toEqual(people.slice(0, 20))
  const [jobs] = await db.execute<{ count: number }>(sql`
    select count(*)::int as count from pgboss.job j join emails e on e.id = (j.data ->> 'emailId')::bigint
    where j.name = 'send-email' and e.to_email like '%@e.example'`)
  expect(jobs!.count).toBe(20)
})

test('an address that is not verified is confirmed by a link that works once', async () => {
  const pot = await createProduct({ title: 'Tin', stock: 0 })
  expect(await ask(pot, 'f@example.com', false)).toEqual({ ok: true })
  await ask(pot, 'asked-later@example.com')
  await setStock(pot.variantId, 5, olga)
  expect(await notifyBackInStock(new Date())).toBe(1)
  expect(await notifiedFor(pot)).toEqual(['asked-later@example.com'])
  const [email] = await confirmationsOf('f@example.com')
  await sendQueuedEmail(email!.id)
  const token = deriveLinkToken((await getEmailLink(email!.id))!)!
  const [stored] = await confirmationsOf('f@example.com')
  expect(stored!.text).toContain('Tin')
  expect(stored!.text + stored!.html).not.toContain(token)
  expect(await confirmStockAlert(token)).toEqual({ variantId: pot.variantId })
  expect(await confirmStockAlert(token)).toBe(null)
  expect(await notifyBackInStock(new Date())).toBe(1)
})

test('the answer is the same for an address that asked before; a confirmed one gets no more confirmations', async () => {
  const pot = await createSoldOut()
  expect(await ask(pot, 'g@example.com', false)).toEqual({ ok: true })
  expect(await ask(pot, 'g@example.com', false)).toEqual({ ok: true })
  expect(await confirmationsOf('g@example.com')).toHaveLength(2)
  expect(await ask(pot, 'g@example.com', true)).toEqual({ ok: true })
  expect(await ask(pot, 'g@example.com', false)).toEqual({ ok: true })
  expect(await confirmationsOf('g@example.com')).toHaveLength(2)
  expect(await listStockAlerts('g@example.com')).toHaveLength(1)
})

test('a variant in stock, without a price, unpublished or of another product is refused', async () => {
  const inStock = await createProduct({ stock: 1 })
  expect(await ask(inStock, 'h@example.com')).toEqual({ ok: false, reason: 'in-stock' })
  const soldOut = await createSoldOut()
  const notFound = { ok: false, reason: 'not-found' }
  expect(await ask({ ...soldOut, handle: inStock.handle }, 'h@example.com')).toEqual(notFound)
  expect(await ask(await createProduct({ stock: 0, price: null }), 'h@example.com')).toEqual(notFound)
  await db.update(products).set({ status: 'draft' }).where(eq(products.id, soldOut.productId))
  expect(await ask(soldOut, 'h@example.com')).toEqual(notFound)
})

test('nobody is notified of an unpublished product', async () => {
  const pot = await createSoldOut('i@example.com')
  await db.update(products).set({ status: 'draft' }).where(eq(products.id, pot.productId))
  await setStock(pot.variantId, 5, olga)
  expect(await notifyBackInStock(new Date())).toBe(0)
})

test('when the variant is sold out before the email is sent, none is sent and the alert waits again', async () => {
  const pot = await createSoldOut('j@example.com')
  await setStock(pot.variantId, 1, olga)
  await notifyBackInStock(new Date())
  const [email] = await db.select().from(emails).where(eq(emails.toEmail, 'j@example.com'))
  await setStock(pot.variantId, 0, olga)
  await sendQueuedEmail(email!.id)
  expect(await notifiedFor(pot)).toEqual([])
  await setStock(pot.variantId, 1, olga)
  expect(await notifyBackInStock(new Date())).toBe(1)
  expect(await notifiedFor(pot)).toEqual(['j@example.com'])
})

test('the email links to the product with the variant, and to stop', async () => {
  const pot = await createSoldOut('k@example.com')
  await setStock(pot.variantId, 1, olga)
  await notifyBackInStock(new Date())
  const [queued] = await db.select().from(emails).where(eq(emails.toEmail, 'k@example.com'))
  await sendQueuedEmail(queued!.id)
  const [email] = await db.select().from(emails).where(eq(emails.id, queued!.id))
  expect(email!.text).toContain(`/products/${pot.handle}?variant=${pot.variantId}`)
  expect(email!.text).toMatch(/Stop notifying me:\nhttp\S+\/unsubscribe\/\d+-[\w-]{43}\n/)
})

test('after the email the alert is done: a new restock notifies only those who ask again', async () => {
  const pot = await createSoldOut('l@example.com')
  await setStock(pot.variantId, 1, olga)
  await notifyBackInStock(new Date())
  await createOrder(pot)
  expect(await ask(pot, 'l@example.com')).toEqual({ ok: true })
  await setStock(pot.variantId, 1, olga)
  expect(await notifyBackInStock(new Date())).toBe(1)
  await setStock(pot.variantId, 9, olga)
  expect(await notifyBackInStock(hoursFromNow(48))).toBe(0)
})

test('stopping ends the open alerts of the address; closing an account removes all of them', async () => {
  const pot = await createSoldOut('m@example.com', 'n@example.com')
  await stopStockAlerts(db, 'm@example.com')
  expect(await listStockAlerts('m@example.com')).toEqual([])
  await setStock(pot.variantId, 5, olga)
  await notifyBackInStock(new Date())
  expect(await notifiedFor(pot)).toEqual(['n@example.com'])
  await deleteStockAlerts(db, 'n@example.com')
  expect(await db.$count(stockAlerts, eq(stockAlerts.email, 'n@example.com'))).toBe(0)
})

test('the cleanup deletes unconfirmed alerts after two weeks, done ones after a month, others after a year', async () => {
  const pot = await createSoldOut('o1@example.com', 'o2@example.com', 'o3@example.com', 'o4@example.com')
  const age = (email: string, change: ReturnType<typeof sql>) =>
    db.execute(sql`update stock_alerts set ${change} where email = ${email}`)
  await age('o1@example.com', sql`confirmed_at = null, created_at = now() - interval '15 days'`)
  await age('o2@example.com', sql`notified_at = now() - interval '31 days'`)
  await age('o3@example.com', sql`created_at = now() - interval '367 days'`)
  await age('o4@example.com', sql`created_at = now() - interval '200 days'`)
  await deleteExpired()
  const left = await db.select().from(stockAlerts).where(eq(stockAlerts.variantId, pot.variantId))
  expect(left.map(({ email }) => email)).toEqual(['o4@example.com'])
})
