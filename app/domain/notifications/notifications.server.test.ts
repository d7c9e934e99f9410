import { and, eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { addToCart } from '#app/domain/cart/cart.server.ts'
import { sendQueuedMail } from '#app/domain/mail/send-mail.server.ts'
import { fulfilOrder } from '#app/domain/orders/fulfil-order.server.ts'
import { markPaid } from '#app/domain/orders/mark-paid.server.ts'
import { db } from '#db/client.ts'
import { imports, mails, notifications, orderLines, orders, users } from '#db/schema/index.ts'
import { aGuest, aPerson, aProduct, filledForm, now, olgaOpensHerShop } from '#tests/support/cast.ts'
import { giveUp } from './give-up.server.ts'
import {
  countUnread,
  listNotifications,
  listPreferences,
  readAllNotifications,
  readNotification,
  savePreferences,
} from './notifications.server.ts'

let olga: number

beforeEach(async () => {
  olga = (await olgaOpensHerShop()).olga
  await db.delete(notifications)
})

async function order(userId: number | null, product: { variantId: number }, quantity = 1) {
  const { settings } = await olgaOpensHerShop()
  const shopper = userId === null ? await aGuest({ ...product, quantity }) : { sessionId: 0, userId }
  if (userId !== null) await addToCart({ shopper, variantId: product.variantId, quantity })
  const session = await aGuest()
  const placing = { ...shopper, sessionId: userId === null ? shopper.sessionId : session.sessionId }
  const placed = await placeOrder({
    shopper: placing,
    form: await filledForm(placing, settings),
    settings,
    now,
  })
  if (!placed.ok) throw new Error(placed.reason)
  return placed.orderId
}

const wordsOf = async (userId: number) =>
  (await listNotifications(userId, 1)).notifications.map(({ words }) => words)

const sessionUser = (id: number, role: 'customer' | 'owner' = 'customer') => ({
  ...{ id, email: '', name: '', role, areas: [], hasTwoFactor: false },
})

test('a customer is told what becomes of the order, on every device until it is read; a guest by mail only', async () => {
  const carl = await aPerson()
  const orderId = await order(carl.id, await aProduct())
  await markPaid(orderId, { version: 1, reference: '' }, olga)
  const [line] = await db.select().from(orderLines).where(eq(orderLines.orderId, orderId))
  const lines = [{ orderLineId: line!.id, quantity: 1 }]
  await fulfilOrder(orderId, { version: 2, lines, carrier: '', trackingNumber: '', trackingUrl: '' }, olga)
  expect(await wordsOf(carl.id)).toEqual([
    expect.stringContaining('is on its way'),
    expect.stringContaining('Your payment for order'),
    expect.stringContaining('We have your order'),
  ])
  expect(await countUnread(carl.id)).toBe(3)
  const { notifications: list } = await listNotifications(carl.id, 1)
  const [found] = await db.select().from(orders).where(eq(orders.id, orderId))
  expect(await readNotification(carl.id, list[0]!.id)).toEqual({ href: `/orders/${found!.token}` })
  expect(await countUnread(carl.id)).toBe(2)
  await readAllNotifications(carl.id, list[1]!.id)
  expect(await countUnread(carl.id)).toBe(0)
  const before = await db.$count(notifications)
  await order(null, await aProduct())
  expect(await db.$count(notifications)).toBe(before + 1)
})

test('nobody reads, marks or counts what somebody else was told', async () => {
  const [carl, eve] = [await aPerson(), await aPerson()]
  await order(carl.id, await aProduct())
  const { notifications: list } = await listNotifications(carl.id, 1)
  expect(await readNotification(eve.id, list[0]!.id)).toBeNull()
  await readAllNotifications(eve.id, list[0]!.id)
  expect(await countUnread(carl.id)).toBe(1)
  expect(await wordsOf(eve.id)).toEqual([])
})

test('marking all as read leaves what came after the page was made', async () => {
  const carl = await aPerson()
  await order(carl.id, await aProduct())
  const { notifications: list } = await listNotifications(carl.id, 1)
  await order(carl.id, await aProduct())
  await readAllNotifications(carl.id, list[0]!.id)
  expect(await countUnread(carl.id)).toBe(1)
})

test('a new order is told to the staff who are let into orders, and to no others', async () => {
  const [packer, baker] = [
    await aPerson({ role: 'staff', areas: ['orders'] }),
    await aPerson({ role: 'staff', areas: ['catalogue'] }),
  ]
  const admin = await aPerson({ role: 'admin' })
  await order(null, await aProduct({ stock: 100 }))
  for (const id of [olga, packer.id, admin.id])
    expect(await wordsOf(id)).toEqual([expect.stringContaining('New order')])
  expect(await wordsOf(baker.id)).toEqual([])
})

test('the order by which something begins to run out is told once, not the ones after it', async () => {
  const product = await aProduct({ title: 'Clay pot', stock: 5 })
  await order(null, product)
  expect((await wordsOf(olga)).filter((words) => words.startsWith('Running out'))).toEqual([])
  await order(null, product)
  await order(null, product)
  expect((await wordsOf(olga)).filter((words) => words.startsWith('Running out'))).toEqual([
    'Running out: Clay pot',
  ])
})

test('who switches news of payments off gets neither bell nor mail; what makes the purchase one always comes', async () => {
  const carl = await aPerson()
  await savePreferences(sessionUser(carl.id), { inApp: ['order-shipped', 'not-a-kind'], byMail: [] })
  const chosen = await listPreferences(sessionUser(carl.id))
  expect(chosen.map(({ kind, inApp, byMail }) => [kind, inApp, byMail])).toEqual([
    ['order-confirmed', false, true],
    ['order-paid', false, false],
    ['order-shipped', true, false],
    ['order-cancelled', false, true],
  ])
  const orderId = await order(carl.id, await aProduct())
  await markPaid(orderId, { version: 1, reference: '' }, olga)
  expect(await wordsOf(carl.id)).toEqual([])
  const sent = await db.select({ kind: mails.kind }).from(mails).where(eq(mails.orderId, orderId))
  expect(sent).toEqual([{ kind: 'order-confirmed' }])
})

test('staff who want new orders by mail get the words of the notification', async () => {
  const packer = await aPerson({ role: 'staff', areas: ['orders'] })
  await savePreferences(
    { ...sessionUser(packer.id), role: 'staff', areas: ['orders'] },
    { inApp: [], byMail: ['new-order'] },
  )
  await order(null, await aProduct({ stock: 100 }))
  const [mail] = await db
    .select()
    .from(mails)
    .where(and(eq(mails.kind, 'staff-news'), eq(mails.toEmail, packer.email)))
  await sendQueuedMail(mail!.id)
  const [written] = await db.select().from(mails).where(eq(mails.id, mail!.id))
  expect(written).toMatchObject({ status: 'held', subject: expect.stringMatching(/^New order/) })
  expect(await countUnread(packer.id)).toBe(0)
})

test('work that was given up is told to those who run the shop, once', async () => {
  const letter = { id: 'a1', queue: 'make-renditions', data: { hash: 'x' } }
  await Promise.all([giveUp(letter), giveUp(letter)])
  expect(await wordsOf(olga)).toEqual(['Given up after many tries: make-renditions'])
  expect(await db.$count(users)).toBeGreaterThan(0)
})

test('an import that was given up no longer promises another try', async () => {
  const [given] = await db
    .insert(imports)
    .values({
      filename: 'lamps.csv',
      byteSize: 10,
      status: 'reading',
      failure: 'It is tried again',
      byUserId: olga,
    })
    .returning({ id: imports.id })
  await giveUp({ id: 'a2', queue: 'read-import', data: { importId: given!.id } })
  expect(await db.select().from(imports).where(eq(imports.id, given!.id))).toMatchObject([
    { status: 'failed', failure: expect.stringContaining('You can start it again.') },
  ])
  expect(await wordsOf(olga)).toEqual(['Given up after many tries: lamps.csv'])
})
