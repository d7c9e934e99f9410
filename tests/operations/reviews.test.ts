import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { makeRenditions } from '#app/domain/media/make-renditions.server.ts'
import { approveReviews } from '#app/domain/reviews/moderate-reviews.server.ts'
import { signLink } from '#app/domain/mail/signed-links.server.ts'
import { urls } from '#app/urls.ts'
import { db } from '#db/client.ts'
import { media, reviewPhotos, reviewReports, reviewRequests, reviews } from '#db/schema/index.ts'
import { createOrder, createProduct, createShop } from '#tests/support/cast.ts'
import { newVisitor, signInVisitor, useRunningShop } from '#tests/support/http-shop.ts'
import { createImageBytes } from '#tests/support/images.ts'
import { ship } from '#tests/support/payments.ts'
import {
  createAuthor,
  createDeliveredOrder,
  publishReview,
  readReview,
  writeReview,
} from '#tests/support/reviews.ts'

useRunningShop({ ROLE: 'web' })

let olga: number
beforeAll(async () => {
  ;({ olga } = await createShop())
})

let guests = 0

/** A guest with the link of an email about a delivered order. */
async function createGuestWithLink() {
  guests += 1
  const email = `guest-${guests}@example.com`
  const pot = await createProduct({ title: 'Clay pot' })
  const { orderId } = await createDeliveredOrder(pot, { email })
  const [request] = await db.insert(reviewRequests).values({ orderId, email }).returning()
  const token = signLink('review order', request!.id)
  return { ...pot, page: urls.orderReview(token, pot.productId), token }
}

const facts = { stars: '5', title: 'Good', text: 'A word that nobody else uses: zyzzyva.', authorName: 'Gus' }

async function send(
  page: string,
  fields: Record<string, string>,
  photos: Uint8Array[] = [],
  visitor = newVisitor(),
) {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  for (const photo of photos) form.append('photos', new Blob([new Uint8Array(photo)]), 'photo.png')
  const body = new Response(form)
  return visitor.send(page, new Uint8Array(await body.arrayBuffer()), {
    'content-type': body.headers.get('content-type')!,
    'sec-fetch-site': 'same-origin',
  })
}

const reviewsOf = (productId: number) => db.select().from(reviews).where(eq(reviews.productId, productId))

describe('the form behind an emailed link', () => {
  test('saves a review without a session, for products of the order only', async () => {
    const { page, token, productId } = await createGuestWithLink()
    const { productId: other } = await createProduct()
    expect((await newVisitor().get(page)).body).toContain('Clay pot')
    expect((await newVisitor().get(urls.orderReview(token, other))).status).toBe(404)
    expect((await send(urls.orderReview(token, other), facts)).status).toBe(404)
    expect(await send(page, facts)).toMatchObject({ status: 303, location: urls.orderReviews(token) })
    expect(await reviewsOf(productId)).toMatchObject([{ stars: 5, status: 'pending', userId: null }])
    expect(await reviewsOf(other)).toEqual([])
    expect((await send(page, { ...facts, stars: '2' })).status).toBe(303)
    expect(await reviewsOf(productId)).toMatchObject([{ stars: 2, version: 2 }])
  })

  test('has no effect when a program has filled in the hidden field, and answers the same', async () => {
    const { page, token, productId } = await createGuestWithLink()
    const answer = await send(page, { ...facts, website: 'https://spam.example' }, [await createImageBytes()])
    expect(answer).toMatchObject({ status: 303, location: urls.orderReviews(token) })
    expect(await reviewsOf(productId)).toEqual([])
  })

  test('stores at most four images, and none of a form that is refused', async () => {
    const { page, productId } = await createGuestWithLink()
    const photos = await Promise.all([1, 2, 3, 4, 5].map(() => createImageBytes({ width: 40, height: 30 })))
    const before = await db.$count(media)
    const tooMany = await send(page, facts, photos)
    expect(tooMany).toMatchObject({ status: 422, body: expect.stringContaining('Choose at most 4 images.') })
    expect((await send(page, { ...facts, text: '' }, photos.slice(0, 1))).status).toBe(422)
    const wrong = await send(page, facts, [photos[0]!, Buffer.from('<svg/>')])
    expect(wrong).toMatchObject({ status: 422, body: expect.stringContaining('zyzzyva') })
    expect(await db.$count(media)).toBe(before)
    expect(await reviewsOf(productId)).toEqual([])
    expect((await send(page, facts, photos.slice(0, 4))).status).toBe(303)
    expect(await db.$count(media)).toBe(before + 4)
  })

  test('is limited by author', async () => {
    const { page } = await createGuestWithLink()
    const statuses = []
    for (let n = 0; n < 21; n++) statuses.push((await send(page, facts)).status)
    expect(statuses.slice(0, 20).every((status) => status === 303)).toBe(true)
    expect(statuses[20]).toBe(429)
  })
})

test('an unapproved review and its photo are nowhere to be found, and so is one that its author has changed', async () => {
  const pot = await createProduct({ title: 'Hidden pot' })
  const { userId } = await createAuthor()
  const author = await signInVisitor(userId)
  const photo = await createImageBytes({ width: 320, height: 200 })
  const sent = await send(urls.newReview(pot.handle), { csrf: author.csrf, ...facts }, [photo], author)
  expect(sent.status).toBe(303)
  const [review] = await reviewsOf(pot.productId)
  const [stored] = await db.select().from(reviewPhotos).where(eq(reviewPhotos.reviewId, review!.id))
  await makeRenditions(stored!.mediaHash)
  const image = urls.media(stored!.mediaHash, 320, 'webp')
  const product = urls.product(pot.handle)
  const pages = [
    '/',
    '/collections/all',
    product,
    `${product}?stars=5`,
    `${product}.data`,
    '/search?q=hidden+pot',
  ]
  const findIt = async () => {
    const found = []
    for (const page of pages) if ((await newVisitor().get(page)).body.includes('zyzzyva')) found.push(page)
    for (const page of [image, urls.reportReview(review!.id)])
      if ((await newVisitor().get(page)).status !== 404) found.push(page)
    const vote = await newVisitor().post(urls.voteForReview(review!.id), {})
    return { found, vote: vote.status }
  }
  const nowhere = { found: [], vote: 404 }
  expect(await findIt()).toEqual(nowhere)
  await approveReviews({ selected: [review!], by: olga })
  await expect.poll(async () => (await newVisitor().get(product)).body).toContain('zyzzyva')
  expect((await findIt()).found).toEqual(
    expect.arrayContaining([product, `${product}?stars=5`, image, urls.reportReview(review!.id)]),
  )
  // Its author changes it.
  await send(urls.newReview(pot.handle), { csrf: author.csrf, ...facts, stars: '1' }, [], author)
  await expect.poll(async () => (await newVisitor().get(product)).body).not.toContain('zyzzyva')
  expect(await findIt()).toEqual(nowhere)
})

test('only the author to whom the product was delivered is a verified buyer', async () => {
  const pot = await createProduct()
  const [buyer, waiting, other] = [await createAuthor(), await createAuthor(), await createAuthor()]
  await createDeliveredOrder(pot, { email: buyer.email })
  const { orderId } = await createOrder(pot, { payment: 'cash-on-delivery', email: waiting.email })
  await ship({ orderId, by: olga, quantity: 1 })
  await createDeliveredOrder(await createProduct(), { email: other.email })
  for (const [author, text] of [
    [buyer, 'Has it'],
    [waiting, 'Waits'],
    [other, 'Has another'],
  ] as const) {
    const review = await writeReview(author, pot.productId, { text })
    await approveReviews({ selected: [review], by: olga })
  }
  const verifiedTexts = async () => {
    const { body } = await newVisitor().get(urls.product(pot.handle))
    const articles = [...body.matchAll(/<article[^>]*class="review".*?<\/article>/gs)].map(([text]) => text)
    return articles
      .map((text) => [/Has it|Waits|Has another/.exec(text)?.[0], text.includes('Verified buyer')])
      .sort()
  }
  await expect.poll(verifiedTexts).toEqual([
    ['Has another', false],
    ['Has it', true],
    ['Waits', false],
  ])
})

describe('votes and reports', () => {
  test('of guests need no session before, count once, and are limited by address', async () => {
    const { productId } = await createProduct()
    const { review } = await publishReview(productId, olga)
    const action = urls.voteForReview(review.id)
    const guest = newVisitor()
    expect((await guest.post(action, {})).location).toMatch(`#review-${review.id}`)
    expect(guest.cookies.has('sid')).toBe(true)
    await guest.post(action, {})
    expect((await readReview(review.id)).helpfulCount).toBe(1)
    await newVisitor().post(action, {})
    expect((await readReview(review.id)).helpfulCount).toBe(2)
    const statuses = []
    for (let n = 0; n < 59; n++) statuses.push((await guest.post(action, {})).status)
    expect(statuses.at(-2)).toBe(303)
    expect(statuses.at(-1)).toBe(429)
  })

  test('a report of a program that fills in the hidden field is not stored', async () => {
    const { productId, handle } = await createProduct()
    const { review } = await publishReview(productId, olga)
    const action = urls.reportReview(review.id)
    const ofReview = eq(reviewReports.reviewId, review.id)
    const page = urls.productReviews(handle)
    expect(await newVisitor().post(action, { reason: 'spam', website: 'x' })).toMatchObject({
      status: 303,
      location: page,
    })
    expect(await db.$count(reviewReports, ofReview)).toBe(0)
    expect((await newVisitor().post(action, { reason: 'nonsense' })).status).toBe(422)
    expect(await newVisitor().post(action, { reason: 'spam' })).toMatchObject({ status: 303, location: page })
    expect(await db.$count(reviewReports, ofReview)).toBe(1)
  })
})

test('the product page that is cached shows a vote to the next visitor', async () => {
  const { productId, handle } = await createProduct()
  const { review } = await publishReview(productId, olga)
  const page = urls.product(handle)
  const { body } = await newVisitor().get(page)
  expect(body).toContain('It holds water.')
  expect(body).not.toContain('1 vote')
  await newVisitor().post(urls.voteForReview(review.id), {})
  await expect
    .poll(async () => (await newVisitor().get(page)).body.replace(/<[^>]*>/g, ''))
    .toMatch(/1\s*vote/)
})
