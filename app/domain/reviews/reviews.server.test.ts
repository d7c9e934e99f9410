import { and, eq, sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { closeAccount } from '#app/domain/accounts/close-account.server.ts'
import { exportAccount } from '#app/domain/customers/export-account.server.ts'
import { makeRenditions } from '#app/domain/media/make-renditions.server.ts'
import { getPublicRendition, getRendition } from '#app/domain/media/rendition.server.ts'
import { storeUpload } from '#app/domain/media/store-upload.server.ts'
import { startGuestSession } from '#app/domain/accounts/sessions.server.ts'
import { db } from '#db/client.ts'
import { emails, media, notifications, productRatings, products, reviews } from '#db/schema/index.ts'
import { createProduct, createShop, createUser, password } from '#tests/support/cast.ts'
import { createImageBytes } from '#tests/support/images.ts'
import { createRandom } from '#tests/support/random.ts'
import {
  createAuthor,
  createDeliveredOrder,
  publishReview,
  readReview,
  words,
  writeReview,
} from '#tests/support/reviews.ts'
import { listProductReviews } from './list-reviews.server.ts'
import { approveReviews, rejectReviews, replyToReview } from './moderate-reviews.server.ts'
import { countQueue, getReviewForStaff } from './review-queue.server.ts'
import { submitReview } from './submit-review.server.ts'
import { reportReview, voteForReview } from './votes.server.ts'

let olga: number
beforeAll(async () => {
  ;({ olga } = await createShop())
})

const everything = { stars: null, sort: 'newest' as const, page: 1 }
const shownOf = (productId: number) => listProductReviews(productId, everything)

test('one customer has one review of a product, also when forms arrive at the same time', async () => {
  const { productId } = await createProduct()
  const author = await createAuthor()
  const guest = { userId: null, email: author.email.replace('@', '+shop@') }
  const results = await Promise.all(
    Array.from({ length: 12 }, (_, index) =>
      submitReview({
        author: index % 3 === 0 ? guest : author,
        productId,
        facts: { ...words, stars: (index % 5) + 1 },
        photos: null,
      }),
    ),
  )
  expect(new Set(results.map((result) => result.ok && result.reviewId)).size).toBe(1)
  const rows = await db.select().from(reviews).where(eq(reviews.productId, productId))
  expect(rows).toMatchObject([{ version: 12, status: 'pending' }])
})

test('only approved reviews are shown, and editing one hides it until it is approved again', async () => {
  const { productId } = await createProduct()
  const author = await createAuthor()
  const review = await writeReview(author, productId)
  expect(await shownOf(productId)).toMatchObject({ rating: { count: 0 }, reviews: [] })
  await approveReviews({ selected: [review], by: olga })
  expect(await shownOf(productId)).toMatchObject({
    rating: { count: 1, sum: 4, byStars: [0, 0, 0, 1, 0] },
    reviews: [{ id: review.id, text: words.text, isVerified: false }],
  })
  await writeReview(author, productId, { stars: 1 })
  expect(await shownOf(productId)).toMatchObject({ rating: { count: 0 }, reviews: [] })
  await approveReviews({ selected: [await readReview(review.id)], by: olga })
  expect((await shownOf(productId)).rating).toEqual({ count: 1, sum: 1, byStars: [1, 0, 0, 0, 0] })
  await rejectReviews({ selected: [await readReview(review.id)], reason: 'Rude', by: olga })
  expect(await shownOf(productId)).toMatchObject({ rating: { count: 0 }, reviews: [] })
})

test('a review that its author has changed since staff read it is not approved', async () => {
  const { productId } = await createProduct()
  const author = await createAuthor()
  const read = await writeReview(author, productId)
  await writeReview(author, productId, { text: 'Buy pills.' })
  expect(await approveReviews({ selected: [read], by: olga })).toEqual({ done: 0, stale: 1 })
  expect(await shownOf(productId)).toMatchObject({ reviews: [] })
})

test('a product that shoppers cannot see is refused', async () => {
  const { productId } = await createProduct()
  await db.update(products).set({ status: 'draft' }).where(eq(products.id, productId))
  const author = await createAuthor()
  const wanted = { author, productId, facts: words, photos: null }
  expect(await submitReview(wanted)).toEqual({ ok: false, reason: 'not-found' })
  expect(await submitReview({ ...wanted, isOrdered: true })).toMatchObject({ ok: true })
})

test('an account cannot take over the review that another one wrote with the same address before', async () => {
  const { productId } = await createProduct()
  const author = await createAuthor()
  const review = await writeReview(author, productId)
  const { id: userId } = await createUser()
  const heir = { userId, email: author.email }
  expect(await submitReview({ author: heir, productId, facts: words, photos: null })).toEqual({
    ok: false,
    reason: 'taken',
  })
  expect(await readReview(review.id)).toMatchObject({ userId: author.userId, version: 1 })
})

describe('verified buyers', () => {
  test('are those whose order was delivered, by account or mailbox', async () => {
    const pot = await createProduct({ stock: 20 })
    const other = await createProduct()
    const email = 'vera@example.com'
    const { review } = await publishReview(pot.productId, olga)
    const guest = await writeReview({ userId: null, email }, pot.productId)
    const wrong = await writeReview({ userId: null, email }, other.productId)
    await approveReviews({ selected: [guest, wrong], by: olga })
    const isVerified = async (productId: number, id: number) =>
      (await shownOf(productId)).reviews.find((one) => one.id === id)!.isVerified
    expect(await isVerified(pot.productId, guest.id)).toBe(false)
    await createDeliveredOrder(pot, { email })
    expect(await isVerified(pot.productId, guest.id)).toBe(true)
    expect(await isVerified(pot.productId, review.id)).toBe(false)
    expect(await isVerified(other.productId, wrong.id)).toBe(false)
    await db.execute(sql`update fulfillments set delivered_at = null`)
    expect(await isVerified(pot.productId, guest.id)).toBe(false)
  })
})

test('approved reviews are sorted, filtered by stars and paged, beside one that waits', async () => {
  const { productId } = await createProduct()
  const made = []
  for (const stars of [5, 1, 3, 5, 4, 2, 5, 5, 4, 1, 3, 5])
    made.push(await publishReview(productId, olga, { stars }))
  await writeReview(await createAuthor(), productId, { stars: 5 })
  const { id: sessionId } = await startGuestSession('test')
  await voteForReview({ shopper: { sessionId, userId: null }, reviewId: made[2]!.review.id })
  const list = (query: object) => listProductReviews(productId, { ...everything, ...query })
  const starsOf = async (query: object) => (await list(query)).reviews.map(({ stars }) => stars)
  expect(await starsOf({ sort: 'highest' })).toEqual([5, 5, 5, 5, 5, 4, 4, 3, 3, 2])
  expect(await starsOf({ sort: 'lowest', page: 2 })).toEqual([5, 5])
  expect((await list({ sort: 'helpful' })).reviews[0]).toMatchObject({
    id: made[2]!.review.id,
    helpfulCount: 1,
  })
  expect((await list({})).reviews[0]!.id).toBe(made[11]!.review.id)
  expect(await list({ stars: 5 })).toMatchObject({ pages: 1, rating: { count: 12, sum: 43 } })
  expect(await starsOf({ stars: 5 })).toEqual([5, 5, 5, 5, 5])
  expect(await list({ page: 9 })).toMatchObject({ reviews: [], pages: 2 })
})

test('the author is notified once of each decision and reply', async () => {
  const { productId } = await createProduct()
  const author = await createAuthor()
  const review = await writeReview(author, productId)
  await approveReviews({ selected: [review], by: olga })
  await approveReviews({ selected: [await readReview(review.id)], by: olga })
  const { version } = await readReview(review.id)
  expect(await replyToReview({ id: review.id, version, reply: 'Thank you', by: olga })).toEqual({ ok: true })
  expect(await replyToReview({ id: review.id, version, reply: 'Thanks', by: olga })).toMatchObject({
    reason: 'stale',
  })
  const received = await db.select().from(notifications).where(eq(notifications.userId, author.userId))
  expect(received.map(({ kind }) => kind)).toEqual(['review-approved', 'review-replied'])
  const sent = await db.select().from(emails).where(eq(emails.reviewId, review.id))
  expect(sent.map(({ kind }) => kind)).toEqual(['review-approved', 'review-replied'])
})

describe('votes and reports', () => {
  test('count once for an account and once for a session', async () => {
    const { productId } = await createProduct()
    const { review } = await publishReview(productId, olga)
    const { userId } = await createAuthor()
    const { id: sessionId } = await startGuestSession('test')
    const voters = [
      ...Array.from({ length: 5 }, () => ({ sessionId: 1, userId })),
      ...Array.from({ length: 5 }, () => ({ sessionId, userId: null })),
    ]
    const results = await Promise.all(
      voters.map((shopper) => voteForReview({ shopper, reviewId: review.id })),
    )
    expect(results.filter(({ ok }) => ok)).toHaveLength(2)
    expect((await readReview(review.id)).helpfulCount).toBe(2)
  })

  test('are refused for a review that is not published', async () => {
    const { productId } = await createProduct()
    const review = await writeReview(await createAuthor(), productId)
    const { id: sessionId } = await startGuestSession('test')
    const visitor = { shopper: { sessionId, userId: null }, reviewId: review.id }
    expect(await voteForReview(visitor)).toEqual({ ok: false, reason: 'not-found' })
    expect(await reportReview({ ...visitor, reason: 'spam', note: '' })).toEqual({
      ok: false,
      reason: 'not-found',
    })
  })

  test('a report stays open until staff decide', async () => {
    const { productId } = await createProduct()
    const { review } = await publishReview(productId, olga)
    const { id: sessionId } = await startGuestSession('test')
    const visitor = { shopper: { sessionId, userId: null }, reviewId: review.id }
    const before = await countQueue()
    await reportReview({ ...visitor, reason: 'spam', note: 'An ad' })
    expect((await countQueue()).reported).toBe(before.reported + 1)
    expect(await getReviewForStaff(review.id)).toMatchObject({ reports: [{ reason: 'spam', note: 'An ad' }] })
    await approveReviews({ selected: [await readReview(review.id)], by: olga })
    expect((await countQueue()).reported).toBe(before.reported)
    expect((await readReview(review.id)).version).toBe(review.version)
  })
})

describe('photos', () => {
  test('are public only while their review is approved', async () => {
    const { productId } = await createProduct()
    const hash = await storeImage()
    const author = await createAuthor()
    const review = await writeReview(author, productId, { photos: [hash] })
    const name = { hash, width: 320, format: 'webp' as const }
    expect(await getRendition(name)).not.toBeNull()
    expect(await getPublicRendition(name)).toBeNull()
    await approveReviews({ selected: [review], by: olga })
    expect(await getPublicRendition(name)).not.toBeNull()
    expect((await shownOf(productId)).reviews[0]!.photos).toMatchObject([{ hash }])
    await rejectReviews({ selected: [await readReview(review.id)], reason: 'Blurred', by: olga })
    expect(await getPublicRendition(name)).toBeNull()
  })

  test('that are replaced are deleted, unless another review has them', async () => {
    const { productId } = await createProduct()
    const [first, second, shared] = await Promise.all([1, 2, 3].map(storeImage))
    const author = await createAuthor()
    await writeReview(await createAuthor(), productId, { photos: [shared!] })
    await writeReview(author, productId, { photos: [first!, shared!] })
    await writeReview(author, productId, { photos: [second!] })
    const left = await db.select({ hash: media.hash }).from(media)
    const hashes = left.map(({ hash }) => hash)
    expect(hashes).toContain(second)
    expect(hashes).toContain(shared)
    expect(hashes).not.toContain(first)
  })
})

async function storeImage(): Promise<string> {
  const bytes = await createImageBytes({ width: 320, height: 240 })
  const stored = await storeUpload({ filename: 'a.png', bytes })
  if (!stored.ok) throw new Error(stored.reason)
  await makeRenditions(stored.hash)
  return stored.hash
}

test('a closed account takes its reviews, photos and votes with it, and the export contains them', async () => {
  const { productId } = await createProduct({ title: 'Vase' })
  const { review: other } = await publishReview(productId, olga)
  const hash = await storeImage()
  const { author, review } = await publishReview(productId, olga, { photos: [hash] })
  await voteForReview({ shopper: { sessionId: 1, userId: author.userId }, reviewId: other.id })
  expect(await exportAccount(author.userId)).toMatchObject({
    reviews: [{ productTitle: 'Vase', text: words.text, status: 'approved' }],
  })
  expect(await closeAccount({ userId: author.userId, password })).toEqual({ ok: true })
  expect(await readReview(review.id)).toBeUndefined()
  expect((await readReview(other.id)).helpfulCount).toBe(0)
  expect((await shownOf(productId)).rating.count).toBe(1)
  expect(await db.$count(media, eq(media.hash, hash))).toBe(0)
})

/** Everything that can happen to reviews, by several connections at once. */
test('counts and averages equal the slow sums after random histories', async () => {
  const { next, below, pick } = createRandom(7)
  const pots = await Promise.all([1, 2, 3].map(() => createProduct()))
  let authors = await Promise.all(Array.from({ length: 8 }, createAuthor))
  const step = async () => {
    const productId = pick(pots).productId
    const chance = next()
    const rows = await db.select().from(reviews).where(eq(reviews.productId, productId))
    if (chance < 0.4 || rows.length === 0)
      await writeReview(pick(authors), productId, { stars: below(5) + 1 }).catch(ignoreErased)
    else if (chance < 0.65) await approveReviews({ selected: rows.filter(() => next() < 0.6), by: olga })
    else if (chance < 0.78)
      await rejectReviews({ selected: rows.filter(() => next() < 0.4), reason: 'No', by: olga })
    else if (chance < 0.92)
      await voteForReview({ shopper: { sessionId: below(5) + 1, userId: null }, reviewId: pick(rows).id })
    else {
      const { userId } = pick(authors)
      await closeAccount({ userId, password })
      authors = [...authors.filter((one) => one.userId !== userId), await createAuthor()]
    }
  }
  for (let round = 0; round < 40; round++) await Promise.all([step(), step(), step(), step()])
  for (const { productId } of pots) {
    const approved = await db
      .select({ stars: reviews.stars })
      .from(reviews)
      .where(and(eq(reviews.productId, productId), eq(reviews.status, 'approved')))
    const slow = approved.reduce((sum, { stars }) => sum + stars, 0)
    const { rating } = await shownOf(productId)
    expect(rating).toMatchObject({ count: approved.length, sum: slow })
    expect(rating.byStars).toEqual(
      [1, 2, 3, 4, 5].map((n) => approved.filter(({ stars }) => stars === n).length),
    )
  }
  expect(await db.$count(productRatings)).toBeGreaterThan(2)
}, 60_000)

/** Another step has closed the account since. */
function ignoreErased(error: unknown) {
  if (!String((error as Error).cause).includes('reviews_user_id_users_id_fk')) throw error
}
