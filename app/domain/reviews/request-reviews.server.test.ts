import { eq, sql } from 'drizzle-orm'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { giveConsent, withdrawConsent } from '#app/domain/consents/consents.server.ts'
import { unsubscribe } from '#app/domain/emails/unsubscribe.server.ts'
import { sendQueuedEmail } from '#app/domain/emails/send-email.server.ts'
import { signLink } from '#app/domain/mail/signed-links.server.ts'
import { deleteExpired } from '#app/domain/maintenance/cleanup.server.ts'
import { db, transaction } from '#db/client.ts'
import { emails, reviewRequests, settings } from '#db/schema/index.ts'
import { createProduct, createShop } from '#tests/support/cast.ts'
import { createDeliveredOrder, words, writeReview } from '#tests/support/reviews.ts'
import { getOwnReview } from './own-reviews.server.ts'
import { findOrderToReview, requestReviews } from './request-reviews.server.ts'
import { submitReview } from './submit-review.server.ts'

beforeAll(async () => {
  await createShop()
})

// The job looks at all orders.
beforeEach(async () => {
  await db.execute(sql`delete from review_requests`)
  await db.execute(sql`update fulfillments set delivered_at = null`)
  await db.update(settings).set({ reviewRequestDays: 7 })
})

const inDays = (days: number) => new Date(Date.now() + days * 24 * 60 * 60 * 1000)

const order = async (email: string, more: object = {}) => {
  const pot = await createProduct({ title: 'Clay pot' })
  const made = await createDeliveredOrder(pot, { email, acceptsMarketing: true, ...more })
  return { ...made, ...pot }
}

async function requestOf(orderId: number) {
  const [request] = await db.select().from(reviewRequests).where(eq(reviewRequests.orderId, orderId))
  return request!
}

async function emailOf(requestId: number) {
  const [email] = await db.select().from(emails).where(eq(emails.reviewRequestId, requestId))
  return email ?? null
}

test('a buyer is asked once, on the day that the settings say', async () => {
  const { orderId } = await order('ann@example.com')
  expect(await requestReviews(inDays(6.9))).toBe(0)
  expect(await requestReviews(inDays(7.1))).toBe(1)
  expect(await requestReviews(inDays(7.2))).toBe(0)
  expect(await requestReviews(inDays(13.9))).toBe(0)
  expect(await emailOf((await requestOf(orderId)).id)).toMatchObject({ toEmail: 'ann@example.com', orderId })
})

test('nobody is asked long after delivery, or while the setting is off', async () => {
  await order('old@example.com')
  expect(await requestReviews(inDays(14.1))).toBe(0)
  await db.update(settings).set({ reviewRequestDays: null })
  expect(await requestReviews(inDays(8))).toBe(0)
})

test('only buyers who agreed to marketing emails are asked, and the email is dropped when they withdraw', async () => {
  await order('no@example.com', { acceptsMarketing: false })
  const { orderId } = await order('yes@example.com')
  expect(await requestReviews(inDays(8))).toBe(1)
  const { id } = await requestOf(orderId)
  await transaction((tx) => withdrawConsent(tx, { email: 'yes@example.com', source: 'account' }))
  await sendQueuedEmail((await emailOf(id))!.id)
  expect(await emailOf(id)).toBeNull()
})

test('the email has a link to review the order and one to unsubscribe', async () => {
  const { orderId } = await order('link@example.com')
  await requestReviews(inDays(8))
  const { id } = await requestOf(orderId)
  const { id: emailId } = (await emailOf(id))!
  await sendQueuedEmail(emailId)
  const { text, status } = (await emailOf(id))!
  expect(status).toBe('held')
  expect(text).toContain(`/order-reviews/${signLink('review order', id)}`)
  expect(text).toContain('Clay pot')
  expect(await unsubscribe(signLink('unsubscribe', emailId))).toBe(true)
  expect(await requestReviews(inDays(8))).toBe(0)
})

test('an order is not asked about while a part of it is on its way, or when all of it is reviewed', async () => {
  const { orderId } = await order('way@example.com')
  await db.execute(sql`update fulfillments set delivered_at = null where order_id = ${orderId}`)
  expect(await requestReviews(inDays(8))).toBe(0)
  await db.execute(sql`update fulfillments set delivered_at = now() where order_id = ${orderId}`)
  const reviewed = await order('done@example.com')
  await writeReview({ userId: null, email: 'done@example.com' }, reviewed.productId)
  expect(await requestReviews(inDays(8))).toBe(1)
  expect(await requestOf(orderId)).toBeDefined()
  expect(await requestOf(reviewed.orderId)).toBeUndefined()
})

test('the link leads to the delivered products of the order, and proves whose review it is', async () => {
  const { orderId, productId } = await order('gil@example.com', { name: 'Gil Hill' })
  await requestReviews(inDays(8))
  const { id } = await requestOf(orderId)
  const found = (await findOrderToReview(signLink('review order', id)))!
  expect(found).toMatchObject({
    author: { userId: null, email: 'gil@example.com' },
    name: 'Gil Hill',
    products: [{ productId, title: 'Clay pot' }],
  })
  expect(await findOrderToReview(signLink('restore cart', id))).toBeNull()
  expect(await findOrderToReview(`${id}-${'a'.repeat(43)}`)).toBeNull()
  await submitReview({ author: found.author, productId, facts: words, photos: null, isOrdered: true })
  expect(
    await getOwnReview({ userId: null, email: 'Gil+x@example.com'.toLowerCase() }, productId),
  ).toMatchObject({
    stars: words.stars,
  })
  await db.update(reviewRequests).set({ createdAt: inDays(-181) })
  await deleteExpired()
  expect(await findOrderToReview(signLink('review order', id))).toBeNull()
})

test('runs of several processes ask once', async () => {
  await order('twin@example.com')
  const email = 'twin@example.com'
  await transaction((tx) => giveConsent(tx, { email, source: 'account', text: 'Yes' }))
  const counts = await Promise.all([1, 2, 3, 4].map(() => requestReviews(inDays(8))))
  expect(counts.toSorted()).toEqual([0, 0, 0, 1])
})
