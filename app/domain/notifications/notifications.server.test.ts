import { Readable } from 'node:stream'
import { and, eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { addToCart } from '#app/domain/cart/cart.server.ts'
import { sendQueuedEmail } from '#app/domain/emails/send-email.server.ts'
import { createFulfillment } from '#app/domain/orders/create-fulfillment.server.ts'
import { markPaid } from '#app/domain/billing/mark-paid.server.ts'
import { notifyUploader } from '#app/domain/imports/notify-uploader.server.ts'
import { receiveImport } from '#app/domain/imports/receive-import.server.ts'
import { db, transaction } from '#db/client.ts'
import {
  imports,
  emails,
  notificationPreferences,
  notifications,
  orderLines,
  orders,
  users,
} from '#db/schema/index.ts'
import { createGuest, createUser, createProduct, filledForm, now, createShop } from '#tests/support/cast.ts'
import { asSuperuser } from '#tests/support/database.ts'
import { handleDeadLetter } from '#app/domain/maintenance/handle-dead-letter.server.ts'
import type { Audience } from './notifications.ts'
import {
  countUnread,
  listNotifications,
  listPreferences,
  markNotificationsRead,
  markNotificationRead,
  savePreferences,
} from './notifications.server.ts'

let olga: number

beforeEach(async () => {
  olga = (await createShop()).olga
  await db.delete(notifications)
  await db.delete(notificationPreferences)
  await db.delete(emails).where(eq(emails.kind, 'staff-news'))
})

async function order(userId: number | null, product: { variantId: number }, quantity = 1) {
  const { settings } = await createShop()
  const shopper = userId === null ? await createGuest({ ...product, quantity }) : { sessionId: 0, userId }
  if (userId !== null) await addToCart({ shopper, variantId: product.variantId, quantity })
  const session = await createGuest()
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

const textsOf = async (userId: number, audience: Audience = 'customer') =>
  (await listNotifications(userId, audience, 1)).notifications.map(({ text }) => text)

const sessionUser = (id: number, role: 'customer' | 'owner' = 'customer') => ({
  ...{ id, email: '', name: '', role, permissions: [], hasTwoFactor: false },
})

test('a customer is notified about an order in the app on every device; a guest by email only', async () => {
  const carl = await createUser()
  const orderId = await order(carl.id, await createProduct())
  await markPaid({ orderId, version: 1, reference: '', by: olga })
  const [line] = await db.select().from(orderLines).where(eq(orderLines.orderId, orderId))
  const lines = [{ orderLineId: line!.id, quantity: 1 }]
  await createFulfillment({
    orderId,
    version: 2,
    lines,
    carrier: '',
    trackingNumber: '',
    trackingUrl: '',
    by: olga,
  })
  expect(await textsOf(carl.id)).toEqual([
    expect.stringContaining('is on its way'),
    expect.stringContaining('We received your payment for order'),
    expect.stringContaining('We received your order'),
  ])
  expect(await countUnread(carl.id, 'customer')).toBe(3)
  const { notifications: list } = await listNotifications(carl.id, 'customer', 1)
  const [found] = await db.select().from(orders).where(eq(orders.id, orderId))
  expect(await markNotificationRead(carl.id, list[0]!.id)).toEqual({ href: `/orders/${found!.token}` })
  expect(await countUnread(carl.id, 'customer')).toBe(2)
  await markNotificationsRead(carl.id, { audience: 'customer', upTo: list[1]!.id })
  expect(await countUnread(carl.id, 'customer')).toBe(0)
  const before = await db.$count(notifications)
  await order(null, await createProduct())
  expect(await db.$count(notifications)).toBe(before + 1)
})

test('a user cannot read, mark or count another user’s notifications', async () => {
  const [carl, eve] = [await createUser(), await createUser()]
  await order(carl.id, await createProduct())
  const { notifications: list } = await listNotifications(carl.id, 'customer', 1)
  expect(await markNotificationRead(eve.id, list[0]!.id)).toBeNull()
  await markNotificationsRead(eve.id, { audience: 'customer', upTo: list[0]!.id })
  expect(await countUnread(carl.id, 'customer')).toBe(1)
  expect(await textsOf(eve.id)).toEqual([])
})

test('marking all as read leaves notifications newer than the page', async () => {
  const carl = await createUser()
  await order(carl.id, await createProduct())
  const { notifications: list } = await listNotifications(carl.id, 'customer', 1)
  await order(carl.id, await createProduct())
  await markNotificationsRead(carl.id, { audience: 'customer', upTo: list[0]!.id })
  expect(await countUnread(carl.id, 'customer')).toBe(1)
})

test('a new order notifies only staff with the orders permission', async () => {
  const [packer, baker] = [
    await createUser({ role: 'staff', permissions: ['orders'] }),
    await createUser({ role: 'staff', permissions: ['catalog'] }),
  ]
  const admin = await createUser({ role: 'admin' })
  await order(null, await createProduct({ stock: 100 }))
  for (const id of [olga, packer.id, admin.id])
    expect(await textsOf(id, 'staff')).toEqual([expect.stringContaining('New order')])
  expect(await textsOf(baker.id, 'staff')).toEqual([])
})

test('the order that makes a product run low notifies once, later ones do not', async () => {
  const product = await createProduct({ title: 'Clay pot', stock: 5 })
  await order(null, product)
  expect((await textsOf(olga, 'staff')).filter((text) => text.startsWith('Low stock'))).toEqual([])
  await order(null, product)
  await order(null, product)
  expect((await textsOf(olga, 'staff')).filter((text) => text.startsWith('Low stock'))).toEqual([
    'Low stock: Clay pot',
  ])
})

test('switched-off payment notifications come neither in app nor by email; mandatory emails always do', async () => {
  const carl = await createUser()
  await savePreferences(sessionUser(carl.id), { inApp: ['order-shipped', 'not-a-kind'], byEmail: [] })
  const chosen = await listPreferences(sessionUser(carl.id))
  expect(chosen.map(({ kind, inApp, byEmail }) => [kind, inApp, byEmail])).toEqual([
    ['order-confirmed', false, true],
    ['order-paid', false, false],
    ['payment-failed', false, true],
    ['order-shipped', true, false],
    ['order-canceled', false, true],
    ['order-edited', false, false],
    ['order-message', false, false],
    ['order-refunded', false, false],
    ['order-delivered', false, false],
    ['return-requested', false, false],
    ['return-approved', false, false],
    ['return-declined', false, false],
    ['return-received', false, false],
    ['review-approved', false, false],
    ['review-rejected', false, false],
    ['review-replied', false, false],
  ])
  const orderId = await order(carl.id, await createProduct())
  await markPaid({ orderId, version: 1, reference: '', by: olga })
  expect(await textsOf(carl.id)).toEqual([])
  const sent = await db.select({ kind: emails.kind }).from(emails).where(eq(emails.orderId, orderId))
  expect(sent).toEqual([{ kind: 'order-confirmed' }])
})

test('staff who want new orders by email get the notification’s text', async () => {
  const packer = await createUser({ role: 'staff', permissions: ['orders'] })
  await savePreferences(
    { ...sessionUser(packer.id), role: 'staff', permissions: ['orders'] },
    { inApp: [], byEmail: ['new-order'] },
  )
  await order(null, await createProduct({ stock: 100 }))
  const [message] = await db
    .select()
    .from(emails)
    .where(and(eq(emails.kind, 'staff-news'), eq(emails.toEmail, packer.email)))
  await sendQueuedEmail(message!.id)
  const [written] = await db.select().from(emails).where(eq(emails.id, message!.id))
  expect(written).toMatchObject({ status: 'held', subject: expect.stringMatching(/^New order/) })
  expect(await countUnread(packer.id, 'staff')).toBe(0)
})

test('new orders are emailed to the owner by default, and to no other staff, until the owner turns it off', async () => {
  await createUser({ role: 'admin' })
  await order(null, await createProduct({ stock: 100 }))
  const staffEmails = () =>
    db.select({ to: emails.toEmail }).from(emails).where(eq(emails.kind, 'staff-news'))
  const [owner] = await db.select({ email: users.email }).from(users).where(eq(users.id, olga))
  expect(await staffEmails()).toEqual([{ to: owner!.email }])
  await savePreferences(sessionUser(olga, 'owner'), { inApp: ['new-order'], byEmail: [] })
  await order(null, await createProduct({ stock: 100 }))
  expect(await staffEmails()).toHaveLength(1)
})

test('a staff member’s own orders are apart from the store’s notifications, in lists and counts', async () => {
  await order(olga, await createProduct({ stock: 100 }))
  expect(await textsOf(olga, 'staff')).toEqual([expect.stringContaining('New order')])
  expect(await textsOf(olga, 'customer')).toEqual([expect.stringContaining('We received your order')])
  const { notifications: list } = await listNotifications(olga, 'staff', 1)
  await markNotificationsRead(olga, { audience: 'customer', upTo: list[0]!.id + 100 })
  expect([await countUnread(olga, 'staff'), await countUnread(olga, 'customer')]).toEqual([1, 0])
})

test('a group is marked as read without the notifications around it', async () => {
  const product = await createProduct({ title: 'Clay pot', stock: 5 })
  for (let count = 0; count < 3; count++) await order(null, product)
  const { notifications: list } = await listNotifications(olga, 'staff', 1)
  const orders = list.filter(({ kind }) => kind === 'new-order')
  expect([list.length, orders.length]).toEqual([4, 3])
  const group = { audience: 'staff', kind: 'new-order', from: orders[1]!.id, upTo: orders[0]!.id } as const
  await markNotificationsRead(olga, group)
  const unread = (await listNotifications(olga, 'staff', 1)).notifications.filter(({ isRead }) => !isRead)
  expect(unread.map(({ kind }) => kind).sort()).toEqual(['low-stock', 'new-order'])
})

test('the uploader is not notified of a result that they are waiting for, and is of a later one', async () => {
  const received = await receiveImport({
    filename: 'lamps.csv',
    bytes: Readable.from([Buffer.from('Handle,Title\nlamp,Lamp\n')]),
    overwrite: false,
    by: olga,
  })
  if (!received.ok) throw new Error(received.reason)
  const uploaded = { id: received.id, byUserId: olga, filename: 'lamps.csv' }
  await transaction((tx) => notifyUploader(tx, uploaded, 'is ready to review'))
  expect(await textsOf(olga, 'staff')).toEqual([])
  await asSuperuser((sql) =>
    sql`begin; set local session_replication_role = replica;
      update audit_log set at = at - interval '61 seconds' where table_name = 'imports'; commit`.simple(),
  )
  await transaction((tx) => notifyUploader(tx, uploaded, 'is ready to review'))
  expect(await textsOf(olga, 'staff')).toEqual(['Import lamps.csv is ready to review'])
})

test('a job that failed for good notifies admins once', async () => {
  const letter = { id: 'a1', queue: 'make-renditions', data: { hash: 'x' } }
  await Promise.all([handleDeadLetter(letter), handleDeadLetter(letter)])
  expect(await textsOf(olga, 'staff')).toEqual(['Failed after several attempts: make-renditions'])
  expect(await db.$count(users)).toBeGreaterThan(0)
})

test('an import that failed for good no longer promises a retry', async () => {
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
  await handleDeadLetter({ id: 'a2', queue: 'read-import', data: { importId: given!.id } })
  expect(await db.select().from(imports).where(eq(imports.id, given!.id))).toMatchObject([
    { status: 'failed', failure: expect.stringContaining('Try again.') },
  ])
  expect(await textsOf(olga, 'staff')).toEqual(['Failed after several attempts: lamps.csv'])
})
