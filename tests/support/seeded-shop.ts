import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { eq, inArray, ne, sql } from 'drizzle-orm'
import sharp from 'sharp'
import { addMembers } from '#app/domain/collections/collection-members.server.ts'
import { createCollection } from '#app/domain/collections/collection-editor.server.ts'
import { addProductImages } from '#app/domain/products/product-images.server.ts'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { createPage } from '#app/domain/pages/edit-pages.server.ts'
import { newPageSchema } from '#app/domain/pages/page.schema.ts'
import type { PolicyHandle } from '#app/domain/pages/pages.ts'
import { receiveImport } from '#app/domain/imports/receive-import.server.ts'
import { pickProducts } from '#app/domain/recommendations/picked-products.server.ts'
import { createRedirect } from '#app/domain/redirects/edit-redirects.server.ts'
import { boostProducts } from '#app/domain/search/edit-boosts.server.ts'
import { createPin, pinProducts } from '#app/domain/search/edit-pins.server.ts'
import { createSynonyms, listSynonymGroups } from '#app/domain/search/edit-synonyms.server.ts'
import { addClick, addSearch, createBatch } from '#app/domain/reports/search-batch.ts'
import { storeSearches } from '#app/domain/reports/store-searches.server.ts'
import { createHomeSection, customizeHomePage } from '#app/domain/storefront/home-sections.server.ts'
import { blankHomeSection } from '#app/domain/storefront/home-sections.ts'
import { createPromotion } from '#app/domain/promotions/edit-promotion.server.ts'
import { generateCodes } from '#app/domain/promotions/generate-codes.server.ts'
import { newPromotionSchema, toFacts } from '#app/domain/promotions/promotion.schema.ts'
import { type KnownProduct, readProductStates } from '#app/domain/products/product-states.server.ts'
import { replyToReview } from '#app/domain/reviews/moderate-reviews.server.ts'
import { storeUpload } from '#app/domain/media/store-upload.server.ts'
import { db } from '#db/client.ts'
import {
  imageFetches,
  importChanges,
  importImages,
  imports,
  invitations,
  emails,
  media,
  redirects,
} from '#db/schema/index.ts'
import {
  createGuest,
  createUser,
  createProduct,
  createProductWithOptions,
  filledForm,
  now,
  createShop,
} from './cast.ts'
import { createAuthor, publishReview, writeReview } from './reviews.ts'
import { createDraft } from './drafts.ts'

const csv = `Handle,Title,Option1 Name,Option1 Value,Variant Price,Variant Inventory Tracker,Variant Inventory Qty
new-lamp,New Lamp,Title,Default Title,49.00,shopify,3
bad-lamp,Bad Lamp,Title,Default Title,forty,shopify,3
`

export type SeededShop = Awaited<ReturnType<typeof seedShop>>

/** Olga's shop with one of each kind of row that has a page. Needs an open outbox; a running worker does the jobs. */
export async function seedShop() {
  const { settings, olga } = await createShop()
  const pot = await createProduct({ title: 'Clay pot', price: 1250, compareAtPrice: 1500, stock: 100 })
  const stool = await createProductWithOptions({
    title: 'Garden stool',
    optionNames: ['Color', 'Height'],
    versions: [
      { values: ['Oak', 'Low'], price: 8900 },
      { values: ['Oak', 'High'], price: 9900, stock: 2 },
      { values: ['Ash', 'Low'], price: 8500, stock: 0 },
    ],
  })
  await addProductImages({ productId: pot.productId, hashes: [await createImage()], by: olga })
  const collection = await createCollection({
    ...{ title: 'Garden', handle: 'garden', description: '<p>For outside.</p>', parentId: null, position: 1 },
    ...{ kind: 'manual', match: 'all', rules: [], isShown: true, publishedAt: null },
    ...{ seoTitle: '', seoDescription: '', now, by: olga },
  })
  if (!collection.ok) throw new Error(collection.reason)
  await addMembers({ collectionId: collection.id, productIds: [pot.productId], by: olga })
  await customizeHomePage(olga)
  await createHomeSection({
    kind: 'collection-list',
    facts: { ...blankHomeSection, heading: 'Rooms', isVisible: false },
    mediaHash: null,
    by: olga,
  })
  const shopper = await createGuest({ variantId: pot.variantId, quantity: 2 })
  const order = await placeOrder({ shopper, form: await filledForm(shopper, settings), settings, now })
  if (!order.ok) throw new Error(order.reason)
  const received = await receiveImport({
    filename: 'lamps.csv',
    bytes: Readable.from([Buffer.from(csv)]),
    overwrite: false,
    by: olga,
  })
  if (!received.ok) throw new Error(received.reason)
  const { draft } = await createDraft([{ variantId: pot.variantId }, { variantId: stool.variantIds[1]! }])
  const failed = await createFailedImage()
  await db.insert(importImages).values({ importId: received.id, fetchId: failed })
  const [message] = await db.select({ id: emails.id }).from(emails).where(eq(emails.kind, 'order-confirmed'))
  await storeSeededSearches(pot.handle)
  const clerk = await createUser({ role: 'staff', permissions: ['orders', 'customers'], name: 'Ben Marsh' })
  const customer = await createUser({ name: 'Cara Lind' })
  // Without its email: links are made with the secret of the requesting process, which differs from the shop's.
  const [invitation] = await db
    .insert(invitations)
    .values({
      email: `guest-${randomUUID()}@example.com`,
      role: 'staff',
      permissions: ['orders'],
      invitedById: olga,
    })
    .returning({ id: invitations.id })
  const written = await createReviews(pot.productId, olga)
  return {
    ...written,
    clerkId: clerk.id,
    customerId: customer.id,
    invitationId: invitation!.id,
    olga,
    pot,
    stool,
    collectionId: collection.id,
    orderId: order.orderId,
    token: order.token,
    draftId: draft.id,
    draftToken: draft.token,
    ...(await createPages(olga)),
    importId: received.id,
    appliedImportId: await createAppliedImport(pot.productId),
    fetchId: failed,
    emailId: message!.id,
    promotionId: await createPromotionWithCodes({ collectionId: collection.id, by: olga }),
    redirectId: await createSeededRedirect(olga),
    ...(await createSearchSettings({ productId: pot.productId, relatedId: stool.productId, by: olga })),
  }
}

/** An import that created this product. */
async function createAppliedImport(productId: number): Promise<number> {
  const [{ state }] = (await readProductStates(db, [productId])) as [KnownProduct]
  const [made] = await db
    .insert(imports)
    .values({
      ...{ filename: 'pots.csv', byteSize: 100, status: 'applied', rowsRead: 1, createCount: 1 },
      ...{ appliedCount: 1, appliedAt: sql`now()`, readAt: sql`now()` },
    })
    .returning({ id: imports.id })
  await db.insert(importChanges).values({
    ...{ importId: made!.id, line: 2, handle: state.handle, title: state.title },
    ...{ action: 'create', productId, after: state },
    appliedAt: sql`now()`,
  })
  return made!.id
}

/** A group of synonyms, a pinned and a boosted product, and a related one. */
async function createSearchSettings(input: { productId: number; relatedId: number; by: number }) {
  const { productId, relatedId, by } = input
  await createSynonyms({ words: ['planter', 'jardiniere'], by })
  const pin = await createPin({ query: 'balcony', by })
  if (!pin.ok) throw new Error(pin.reason)
  await pinProducts({ pinId: pin.id, productIds: [productId], by })
  await boostProducts({ productIds: [productId], ranking: 'higher', by })
  await pickProducts({ productId, relatedIds: [relatedId], by })
  return { pinId: pin.id, synonymsId: (await listSynonymGroups())[0]!.id }
}

/** Two pages in the footer, and a policy; another one is not published. */
async function createPages(by: number) {
  const create = async (fields: Record<string, string>, policy: PolicyHandle | null = null) => {
    const facts = newPageSchema.parse({ body: '<h2>For outside</h2><p>Pots and stools.</p>', ...fields })
    const made = await createPage({ facts, policy, by })
    if (!made.ok) throw new Error(made.reason)
    return made.id
  }
  const shown = { isPublished: 'on', inFooter: 'on' }
  const pageId = await create({ title: 'About us', ...shown })
  await create({ title: 'FAQ', ...shown })
  await create({ title: 'Privacy policy' }, 'privacy-policy')
  return { pageId, policyId: await create({ title: 'Terms of service', ...shown }, 'terms-of-service') }
}

async function createSeededRedirect(by: number): Promise<number> {
  const saved = await createRedirect({ path: '/old-garden', target: '/collections/garden', by })
  if (!saved.ok) throw new Error(saved.reason)
  const [row] = await db.select({ id: redirects.id }).from(redirects)
  return row!.id
}

/** Searches for the search report: one that led to a product, and one without results. */
async function storeSeededSearches(handle: string) {
  const batch = createBatch()
  addSearch(batch, 'pot', 1)
  addSearch(batch, 'zeppelin', 0)
  addClick(batch, 'pot', handle)
  await storeSearches(batch, new Date())
}

/** A published review with a reply, and one that waits. */
async function createReviews(productId: number, by: number) {
  const { review } = await publishReview(productId, by, { title: 'Sturdy' })
  await replyToReview({ id: review.id, version: review.version, reply: 'Thank you.', by })
  const pending = await writeReview(await createAuthor(), productId, { stars: 2, title: 'Too small' })
  return { reviewId: pending.id, publishedReviewId: review.id }
}

/** Its codes are needed for it, so it changes the total of no order. */
async function createPromotionWithCodes({ collectionId, by }: { collectionId: number; by: number }) {
  const shop = { currency: 'EUR', currencyDigits: 2, timeZone: 'Europe/Berlin' }
  const form = newPromotionSchema('percent', shop).parse({
    ...{ title: 'Garden days', method: 'generated', percent: '20', startsAt: '2026-11-23T09:00' },
    ...{ scope: 'chosen', collectionIds: [String(collectionId)] },
  })
  const made = await createPromotion({ kind: 'percent', facts: toFacts('percent', form), by })
  if (!made.ok) throw new Error(made.reason)
  await generateCodes({ promotionId: made.id, version: 1, count: 3, prefix: '', by })
  return made.id
}

/** Whether the jobs caused by seeding are done: emails rendered, file read, image renditions made. */
export async function isSettled(): Promise<boolean> {
  const waiting = await db.$count(emails, ne(emails.status, 'held'))
  const unread = await db.$count(imports, inArray(imports.status, ['uploaded', 'reading']))
  const [image] = await db.select({ status: media.status }).from(media)
  return waiting === 0 && unread === 0 && image?.status === 'ready'
}

/** An image that could not be fetched; returns its id. */
async function createFailedImage(): Promise<number> {
  const [fetch] = await db
    .insert(imageFetches)
    .values({
      url: 'https://images.example/lamp.jpg',
      urlHash: randomUUID(),
      status: 'failed',
      failure: 'The server answered 404 (not found).',
    })
    .returning({ id: imageFetches.id })
  return fetch!.id
}

async function createImage() {
  const bytes = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#8c6f4a' } })
    .png()
    .toBuffer()
  const stored = await storeUpload({ filename: 'pot.png', bytes })
  if (!stored.ok) throw new Error(stored.reason)
  return stored.hash
}
