import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ServerBuild } from '@remix-run/node'
import { and, asc, desc, eq, gt } from 'drizzle-orm'
import sharp from 'sharp'
import { beforeAll, expect, test, vi } from 'vitest'
import { selectionValue } from '#app/components/admin/review-status.tsx'
import { addMembers } from '#app/domain/collections/collection-members.server.ts'
import { createPage } from '#app/domain/pages/edit-pages.server.ts'
import { newPageSchema } from '#app/domain/pages/page.schema.ts'
import { addProductImages } from '#app/domain/products/product-images.server.ts'
import { pickProducts } from '#app/domain/recommendations/picked-products.server.ts'
import { pinProducts } from '#app/domain/search/edit-pins.server.ts'
import { getSettings, sectionVersion } from '#app/domain/settings/settings.server.ts'
import type { SettingsSection } from '#app/urls.ts'
import { db } from '#db/client.ts'
import {
  auditLog,
  collections,
  homeSections,
  imageFetches,
  importImages,
  imports,
  emails,
  orderLines,
  productImages,
  products,
  settings,
  users,
  variants,
} from '#db/schema/index.ts'
import { createOrder, createUser, createProduct, password, signIn } from '#tests/support/cast.ts'
import { createDraft, filledDraftForm } from '#tests/support/drafts.ts'
import {
  createFailedRefund,
  createPaidOrder,
  createReturnedOrder,
  readOrder,
  ship,
  createCardPayment,
} from '#tests/support/payments.ts'
import { createAuthor, writeReview } from '#tests/support/reviews.ts'
import { type SeededShop, seedShop, isSettled } from '#tests/support/seeded-shop.ts'
import { signedInOwner, useRunningShop } from '#tests/support/http-shop.ts'
import { createImage } from '#tests/support/images.ts'
import { createClassWithRate, createZoneWithMethod } from '#tests/support/zones-and-taxes.ts'
import type { Answer } from '#tests/support/visitor.ts'

useRunningShop()

const build = (await import(
  /* @vite-ignore */ pathToFileURL(path.resolve('build/server/index.js')).href
)) as ServerBuild

const actions = Object.values(build.routes)
  .flatMap((route) => (route?.module.action && route.id.startsWith('routes/admin') ? [route.id] : []))
  .map((id) => id.replace('routes/admin.', ''))
  .sort()

/** Admin actions that change nothing in the end, and why. */
const changesNothing: Record<string, string> = {
  'orders.$orderId.presence._index': 'presence does not change the shop',
  'orders.$orderId.presence.leave': 'leaving does not either',
  'collections.$collectionId.products.selection': 'the selection is kept in the URL',
  'emails.test-message': 'a test email is not stored',
  'orders.$orderId.payments.$paymentId.capture': 'Stripe is not set up in this process',
  'orders.$orderId.payments.$paymentId.void': 'Stripe is not set up in this process',
}

type Owner = Awaited<ReturnType<typeof signedInOwner>>

let owner: Owner
let shop: SeededShop
let clerk: number
let customer: number
let orders: Record<'notes' | 'payment' | 'fulfillments' | 'cancellation' | 'invoices', number>

beforeAll(async () => {
  shop = await seedShop()
  await vi.waitUntil(isSettled, { timeout: 20_000, interval: 100 })
  owner = await signedInOwner()
  clerk = (
    await createUser({
      role: 'staff',
      permissions: ['orders'],
      totpSecret: Buffer.alloc(53),
      totpEnabledAt: new Date(),
    })
  ).id
  customer = (await createUser()).id
  const [notes, payment, fulfillments, cancellation, invoices] = await Promise.all(
    [1, 2, 3, 4, 5].map(async () => (await createOrder(shop.pot)).orderId),
  )
  orders = {
    ...{ notes: notes!, payment: payment!, fulfillments: fulfillments!, cancellation: cancellation! },
    invoices: invoices!,
  }
}, 60_000)

async function createFailedTransfer(): Promise<string> {
  const { orderId, transferId } = await createFailedRefund()
  return `/admin/orders/${orderId}/transfers/${transferId}`
}

async function createReview(): Promise<string> {
  const { orderId, paymentId } = await createCardPayment('review')
  return `/admin/orders/${orderId}/payments/${paymentId}`
}

async function createWrittenReview() {
  return writeReview(await createAuthor(), shop.pot.productId)
}

async function createShipment() {
  const { orderId, lineId, olga } = await createPaidOrder()
  const fulfillmentId = await ship({ orderId, by: olga, quantity: 1 })
  return { orderId, lineId, address: `/admin/orders/${orderId}/fulfillments/${fulfillmentId}` }
}

async function createReturn(options: { isApproved?: boolean } = {}): Promise<string> {
  const { orderId, returnId } = await createReturnedOrder(options)
  return `/admin/orders/${orderId}/returns/${returnId}`
}

/** The last audit log row before the latest form was submitted: rows of its preparation do not count. */
let before = 0

async function post(address: string, fields: Record<string, string> = {}) {
  before = await newestId()
  return owner.post(address, { csrf: owner.csrf, ...fields })
}

async function upload(address: string, name: string, file: Blob, fields: Record<string, string> = {}) {
  const form = new FormData()
  form.append('csrf', owner.csrf)
  for (const [key, value] of Object.entries(fields)) form.append(key, value)
  form.append(name, file, 'file')
  const body = new Response(form)
  before = await newestId()
  return owner.send(address, new Uint8Array(await body.arrayBuffer()), {
    'content-type': body.headers.get('content-type')!,
    'sec-fetch-site': 'same-origin',
    origin: owner.origin,
  })
}

const image = async (background: string) =>
  new Blob([
    new Uint8Array(
      await sharp({ create: { width: 40, height: 30, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  ])

async function createPot() {
  const made = await createProduct({ title: 'Another pot', stock: 5 })
  const [product] = await db.select().from(products).where(eq(products.id, made.productId))
  return { ...made, version: String(product!.version), address: `/admin/products/${made.productId}` }
}

/** A pot with two images. */
async function createPotWithImages() {
  const pot = await createPot()
  await addProductImages({
    productId: pot.productId,
    hashes: [await createImage(), await createImage()],
    by: clerk,
  })
  const [first] = await db
    .select()
    .from(productImages)
    .where(eq(productImages.productId, pot.productId))
    .orderBy(asc(productImages.position))
  return { ...pot, address: `${pot.address}/images/${first!.id}` }
}

const facts = { title: 'Jug', status: 'active', isShown: 'on', version: '1' }
const variantFacts = { price: '12.50', weight: '', weightUnit: 'kg', sku: 'JUG-1', trackStock: 'on' }
const inPromotion = () => `/admin/promotions/${shop.promotionId}`
const promotionFields = { title: 'Autumn', method: 'generated', startsAt: '2026-11-23T09:00' }
const inCollection = () => `/admin/collections/${shop.collectionId}`

/** A collection member that is the last of two. */
async function createMember() {
  const pots = [await createPot(), await createPot()]
  const productIds = pots.map(({ productId }) => productId)
  await addMembers({ collectionId: shop.collectionId, productIds, by: clerk })
  return `${inCollection()}/products/${productIds[1]!}`
}

/** A product with two related ones; returns the URL of the last. */
async function createRelated(): Promise<string> {
  const [pot, ...others] = [await createPot(), await createPot(), await createPot()]
  const relatedIds = others.map(({ productId }) => productId)
  await pickProducts({ productId: pot.productId, relatedIds, by: clerk })
  return `${pot.address}/related/${relatedIds[1]!}`
}

/** The last of two products that are pinned to the seeded query. */
async function createPinned(): Promise<string> {
  const { productId } = await createPot()
  await pinProducts({ pinId: shop.pinId, productIds: [productId], by: clerk })
  return `/admin/search/pins/${shop.pinId}/products/${productId}`
}

/** The section of the home page that was added last. */
async function lastSection(): Promise<string> {
  const [section] = await db.select().from(homeSections).orderBy(desc(homeSections.id)).limit(1)
  return `/admin/home-page/sections/${section!.id}`
}

async function createImport(): Promise<string> {
  await upload('/admin/imports?index', 'file', new Blob([`Handle,Title\n${randomUUID()},Jug\n`]))
  const [row] = await db.select().from(imports).orderBy(desc(imports.id)).limit(1)
  await waitForImport(row!.id, 'ready')
  return `/admin/imports/${row!.id}`
}

async function createAppliedImport(): Promise<string> {
  const address = await createImport()
  await post(`${address}/apply`)
  await waitForImport(Number(address.split('/').at(-1)), 'applied')
  return address
}

async function waitForImport(id: number, status: 'ready' | 'applied') {
  await vi.waitUntil(
    async () => (await db.select().from(imports).where(eq(imports.id, id)))[0]!.status === status,
    { timeout: 20_000, interval: 100 },
  )
}

/** An import with an image that could not be fetched; returns the URL of its images. */
async function createFailedImage(): Promise<string> {
  const address = await createImport()
  const failed = { url: randomUUID(), urlHash: randomUUID(), status: 'failed', failure: 'Not found' } as const
  const [fetch] = await db.insert(imageFetches).values(failed).returning({ id: imageFetches.id })
  await db.insert(importImages).values({ importId: Number(address.split('/').at(-1)), fetchId: fetch!.id })
  return `${address}/images`
}

async function settingsFields(section: SettingsSection): Promise<Record<string, string>> {
  const stored = (await getSettings())!
  const entries = Object.entries(stored).flatMap(([name, value]) =>
    typeof value === 'boolean' ? (value ? [[name, 'on']] : []) : [[name, String(value ?? '')]],
  )
  return {
    ...(Object.fromEntries(entries) as Record<string, string>),
    version: sectionVersion(section, stored),
  }
}

const pageFields = { title: 'Care', body: 'Wipe with a cloth.', isPublished: 'on' }

/** A page that is the last one in the footer. */
async function createFooterPage() {
  const facts = newPageSchema.parse({ ...pageFields, inFooter: 'on' })
  await createPage({ facts, policy: null, by: clerk })
  const last = await createPage({ facts, policy: null, by: clerk })
  if (!last.ok) throw new Error(last.reason)
  return last
}

const methodFields = { title: 'Post', priceBy: 'flat', rate: '4.90', daysMin: '1', daysMax: '3' }

/** Each admin action with a real change, in an order in which they do not interfere. */
const adminActions: Record<string, () => Promise<Answer>> = {
  'products.new': () =>
    post('/admin/products/new', { ...facts, price: '9.90', stock: '3', trackStock: 'on' }),
  'products.$productId.duplicate': async () =>
    post(`/admin/products/${(await createProduct()).productId}/duplicate`),
  'products.$productId._index': async () => {
    const { address, version } = await createPot()
    const options = { 'options[0].name': 'Size', 'options[0].values': 'S, M' }
    return post(`${address}?index`, { ...facts, ...options, price: '7', shown: '5', stock: '6', version })
  },
  'products.$productId.variants.$variantId._index': async () => {
    const { address, version, variantId } = await createPot()
    return post(`${address}/variants/${variantId}?index`, { version, ...variantFacts })
  },
  'products.$productId.variants.$variantId.stock': async () => {
    const { address, variantId } = await createPot()
    return post(`${address}/variants/${variantId}/stock`, { shown: '5', stock: '9', reason: 'received' })
  },
  'products.$productId.variants.$variantId.delete': async () => {
    const [variant] = await db.select().from(variants).where(eq(variants.id, shop.stool.variantIds[0]!))
    return post(`/admin/products/${variant!.productId}/variants/${variant!.id}/delete`)
  },
  'products.$productId.images._index': async () =>
    upload(`${(await createPot()).address}/images?index`, 'files', await image('#123456')),
  'products.$productId.images.$imageId._index': async () =>
    post(`${(await createPotWithImages()).address}?index`, { alt: 'A pot', position: '1' }),
  'products.$productId.images.$imageId.position': async () =>
    post(`${(await createPotWithImages()).address}/position`, { position: '2' }),
  'products.$productId.images.$imageId.delete': async () =>
    post(`${(await createPotWithImages()).address}/delete`),
  'products.$productId.related._index': async () =>
    post(`${(await createPot()).address}/related?index`, { 'productIds[0]': String(shop.pot.productId) }),
  'products.$productId.related.$relatedId._index': async () =>
    post(`${await createRelated()}?index`, { position: '1' }),
  'products.$productId.related.$relatedId.delete': async () => post(`${await createRelated()}/delete`),
  'products.$productId.delete': async () => post(`${(await createPot()).address}/delete`),
  'collections.new': () => post('/admin/collections/new', { title: 'Winter', kind: 'manual' }),
  'collections.$collectionId._index': async () => {
    const [found] = await db.select().from(collections).where(eq(collections.id, shop.collectionId))
    return post(`${inCollection()}?index`, {
      title: 'Terrace',
      kind: 'manual',
      version: String(found!.version),
    })
  },
  'collections.$collectionId.image': async () =>
    upload(`${inCollection()}/image`, 'files', await image('#654321')),
  'collections.$collectionId.products._index': async () =>
    post(`${inCollection()}/products?index`, { 'productIds[0]': String((await createPot()).productId) }),
  'collections.$collectionId.products.$productId._index': async () =>
    post(`${await createMember()}?index`, { position: '1' }),
  'collections.$collectionId.products.$productId.delete': async () => post(`${await createMember()}/delete`),
  'collections.$collectionId.position': () => post(`${inCollection()}/position`, { position: '2' }),
  'collections.$collectionId.delete': () => post(`${inCollection()}/delete`),
  'search._index': () => post('/admin/search?index', { words: 'sofa, couch' }),
  'search.synonyms.$groupId._index': () =>
    post(`/admin/search/synonyms/${shop.synonymsId}?index`, { words: 'planter, tub', version: '1' }),
  'search.synonyms.$groupId.delete': () => post(`/admin/search/synonyms/${shop.synonymsId}/delete`),
  'search.pins._index': () => post('/admin/search/pins?index', { query: 'gift' }),
  'search.pins.$pinId._index': async () =>
    post(`/admin/search/pins/${shop.pinId}?index`, {
      'productIds[0]': String((await createPot()).productId),
    }),
  'search.pins.$pinId.products.$productId._index': async () =>
    post(`${await createPinned()}?index`, { position: '1' }),
  'search.pins.$pinId.products.$productId.delete': async () => post(`${await createPinned()}/delete`),
  'search.pins.$pinId.delete': () => post(`/admin/search/pins/${shop.pinId}/delete`),
  'search.boosts._index': async () =>
    post('/admin/search/boosts?index', {
      'productIds[0]': String((await createPot()).productId),
      ranking: 'lower',
    }),
  'search.boosts.$productId.delete': () => post(`/admin/search/boosts/${shop.pot.productId}/delete`),
  'redirects.new': () => post('/admin/redirects/new', { path: '/audited', target: '/collections/all' }),
  'redirects.import': () =>
    upload('/admin/redirects/import', 'file', new Blob(['Redirect from,Redirect to\n/imported,/search\n'])),
  'redirects.$redirectId._index': () =>
    post(`/admin/redirects/${shop.redirectId}?index`, { path: '/old', target: '/search', version: '1' }),
  'redirects.$redirectId.delete': () => post(`/admin/redirects/${shop.redirectId}/delete`),
  'home-page.customize': async () => {
    await db.delete(homeSections)
    return post('/admin/home-page/customize')
  },
  'home-page.sections.new': () =>
    image('#223344').then((file) =>
      upload('/admin/home-page/sections/new?kind=image-with-text', 'image', file, { heading: 'Our story' }),
    ),
  'home-page.sections.$sectionId._index': async () =>
    upload(`${await lastSection()}?index`, 'image', await image('#443322'), {
      heading: 'Our workshop',
      isVisible: 'on',
      version: '1',
    }),
  'home-page.sections.$sectionId.position': async () =>
    post(`${await lastSection()}/position`, { position: '1' }),
  'home-page.sections.$sectionId.hide': async () => post(`${await lastSection()}/hide`),
  'home-page.sections.$sectionId.show': async () => post(`${await lastSection()}/show`),
  'home-page.sections.$sectionId.delete': async () => post(`${await lastSection()}/delete`),
  'pages.new': () => post('/admin/pages/new', pageFields),
  'pages.$pageId._index': () =>
    post(`/admin/pages/${shop.pageId}?index`, { ...pageFields, inFooter: 'on', version: '1' }),
  'pages.$pageId.position': async () => {
    const { id } = await createFooterPage()
    return post(`/admin/pages/${id}/position`, { position: '1' })
  },
  'pages.$pageId.delete': () => post(`/admin/pages/${shop.pageId}/delete`),
  'promotions.new': () => post('/admin/promotions/new?kind=percent', { ...promotionFields, percent: '15' }),
  'promotions.$promotionId._index': () =>
    post(`${inPromotion()}?index`, { ...promotionFields, percent: '25', version: '2' }),
  'promotions.$promotionId.codes._index': () =>
    post(`${inPromotion()}/codes?index`, { count: '2', version: '3' }),
  'promotions.$promotionId.end': () => post(`${inPromotion()}/end`),
  'promotions.$promotionId.delete': () => post(`${inPromotion()}/delete`),
  'reviews.approve': async () =>
    post('/admin/reviews/approve', { review: selectionValue(await createWrittenReview()) }),
  'reviews.reject': async () =>
    post('/admin/reviews/reject', { review: selectionValue(await createWrittenReview()), reason: 'Rude' }),
  'reviews.$reviewId._index': async () => {
    const { id, version } = await createWrittenReview()
    return post(`/admin/reviews/${id}?index`, { version: String(version), reply: 'Thank you' })
  },
  'imports._index': () => upload('/admin/imports?index', 'file', new Blob(['Handle,Title\nmug,Mug\n'])),
  'imports.$importId.recheck': async () => post(`${await createImport()}/recheck`),
  'imports.$importId.apply': async () => post(`${await createImport()}/apply`),
  'imports.$importId.undo': async () => post(`${await createAppliedImport()}/undo`),
  'imports.$importId.images.retry': async () => post(`${await createFailedImage()}/retry`),
  'imports.$importId.images.$fetchId.retry': async () => {
    const images = await createFailedImage()
    const [failed] = await db
      .select()
      .from(imageFetches)
      .where(eq(imageFetches.status, 'failed'))
      .orderBy(desc(imageFetches.id))
    return post(`${images}/${failed!.id}/retry`)
  },
  'imports.$importId.discard': async () => post(`${await createImport()}/discard`),
  'orders.drafts.new': async () => {
    const { variantId } = await createProduct()
    return post('/admin/orders/drafts/new', {
      ...{ version: '1', country: 'IE' },
      ...{ 'lines[0].variantId': String(variantId), 'lines[0].quantity': '1' },
    })
  },
  'orders.drafts.$draftId._index': async () => {
    const { variantId } = await createProduct()
    const { draft } = await createDraft([{ variantId }])
    return post(`/admin/orders/drafts/${draft.id}?index`, {
      ...{ version: '1', country: 'IE' },
      ...{ 'lines[0].variantId': String(variantId), 'lines[0].quantity': '2' },
    })
  },
  'orders.drafts.$draftId.send': async () => {
    const { draft } = await createDraft([await createProduct()])
    return post(`/admin/orders/drafts/${draft.id}/send`, { version: '1' })
  },
  'orders.drafts.$draftId.order': async () => {
    const { draft } = await createDraft([await createProduct()])
    const { checkoutKey, shownTotal } = await filledDraftForm(draft.id)
    return post(`/admin/orders/drafts/${draft.id}/order`, {
      ...{ checkoutKey, shownTotal: String(shownTotal), payment: 'paid' },
    })
  },
  'orders.drafts.$draftId.delete': async () => {
    const { draft } = await createDraft([await createProduct()])
    return post(`/admin/orders/drafts/${draft.id}/delete`)
  },
  'orders.$orderId.notes': () => post(`/admin/orders/${orders.notes}/notes`, { note: 'Call back' }),
  'orders.$orderId.payment': () => post(`/admin/orders/${orders.payment}/payment`, { version: '1' }),
  'orders.$orderId.fulfillments': async () => {
    const [line] = await db.select().from(orderLines).where(eq(orderLines.orderId, orders.fulfillments))
    const sent = { 'lines[0].orderLineId': String(line!.id), 'lines[0].quantity': '1' }
    return post(`/admin/orders/${orders.fulfillments}/fulfillments`, { version: '1', ...sent })
  },
  'orders.$orderId.edit': async () => {
    const { orderId } = await createOrder(await createProduct({ price: 1_000 }))
    const [line] = await db.select().from(orderLines).where(eq(orderLines.orderId, orderId))
    return post(`/admin/orders/${orderId}/edit`, {
      ...{ version: '1', shipping: '4.90', shownTotal: '2490' },
      ...{ 'lines[0].orderLineId': String(line!.id), 'lines[0].quantity': '2' },
    })
  },
  'orders.$orderId.address': async () => {
    const { orderId } = await createOrder(await createProduct())
    return post(`/admin/orders/${orderId}/address`, {
      ...{ version: '1', email: 'ada@example.com', name: 'Ada Byron', line1: '14 Square' },
      ...{ city: 'Dublin', country: 'IE', postcode: 'D02 X285' },
    })
  },
  'orders.$orderId.invoices._index': () => post(`/admin/orders/${orders.invoices}/invoices`),
  'orders.$orderId.cancel': () => post(`/admin/orders/${orders.cancellation}/cancel`, { version: '1' }),
  'orders.$orderId.refund': async () => {
    const { orderId, lineId } = await createPaidOrder()
    const { version } = (await readOrder(orderId)).order
    return post(`/admin/orders/${orderId}/refund`, {
      ...{ 'lines[0].orderLineId': String(lineId), 'lines[0].quantity': '1' },
      ...{ version: String(version), shownAmount: '999' },
    })
  },
  'orders.$orderId.payments.$paymentId.accept': async () => post(`${await createReview()}/accept`),
  'orders.$orderId.payments.$paymentId.return': async () => post(`${await createReview()}/return`),
  'orders.$orderId.transfers.$transferId.retry': async () => post(`${await createFailedTransfer()}/retry`),
  'orders.$orderId.transfers.$transferId.sent': async () => post(`${await createFailedTransfer()}/sent`),
  'orders.$orderId.fulfillments_.$fulfillmentId.delivered': async () =>
    post(`${(await createShipment()).address}/delivered`),
  'orders.$orderId.fulfillments_.$fulfillmentId.tracking': async () =>
    post(`${(await createShipment()).address}/tracking`, { carrier: 'UPS' }),
  'orders.$orderId.fulfillments_.$fulfillmentId.cancel': async () =>
    post(`${(await createShipment()).address}/cancel`),
  'orders.$orderId.returns.new': async () => {
    const { orderId, lineId } = await createShipment()
    const units = { 'lines[0].orderLineId': String(lineId), 'lines[0].quantity': '1' }
    return post(`/admin/orders/${orderId}/returns/new`, units)
  },
  'orders.$orderId.returns.$returnId.answer': async () =>
    post(`${await createReturn()}/answer`, { version: '1', decision: 'approved', answer: '' }),
  'orders.$orderId.returns.$returnId.receive': async () =>
    post(`${await createReturn({ isApproved: true })}/receive`, { version: '1' }),
  'orders.$orderId.returns.$returnId.cancel': async () => post(`${await createReturn()}/cancel`),
  'emails.$emailId.attempts': async () => {
    const [held] = await db.select().from(emails).where(eq(emails.status, 'held'))
    return post(`/admin/emails/${held!.id}/attempts`)
  },
  'settings.general': async () =>
    post('/admin/settings/general', { ...(await settingsFields('general')), tagline: 'Made by hand' }),
  'settings.region': async () =>
    post('/admin/settings/region', { ...(await settingsFields('region')), locale: 'de-AT' }),
  'settings.shipping._index': async () =>
    post('/admin/settings/shipping?index', {
      ...(await settingsFields('shipping')),
      shipsTo: 'everywhere',
      shippingRate: '3.90',
    }),
  'settings.shipping.zones.new': () =>
    post('/admin/settings/shipping/zones/new', { title: 'Peru', covers: 'places', 'places[0]': 'PE' }),
  'settings.shipping.zones.$zoneId._index': async () => {
    const { zoneId } = await createZoneWithMethod('CL')
    const fields = { title: 'Andes', covers: 'places', 'places[0]': 'CL', 'places[1]': 'BO', version: '1' }
    return post(`/admin/settings/shipping/zones/${zoneId}?index`, fields)
  },
  'settings.shipping.zones.$zoneId.methods.new': async () => {
    const { zoneId } = await createZoneWithMethod('AR')
    return post(`/admin/settings/shipping/zones/${zoneId}/methods/new`, methodFields)
  },
  'settings.shipping.zones.$zoneId.delete': async () =>
    post(`/admin/settings/shipping/zones/${(await createZoneWithMethod('UY')).zoneId}/delete`),
  'settings.shipping.methods.$methodId._index': async () => {
    const { methodId } = await createZoneWithMethod('PY')
    const tiers = { 'tiers[0].from': '0', 'tiers[0].below': '2', 'tiers[0].rate': '4.90' }
    const fields = { ...methodFields, priceBy: 'weight', weightUnit: 'kg', ...tiers, version: '1' }
    return post(`/admin/settings/shipping/methods/${methodId}?index`, fields)
  },
  'settings.shipping.methods.$methodId.delete': async () =>
    post(`/admin/settings/shipping/methods/${(await createZoneWithMethod('EC')).methodId}/delete`),
  'settings.taxes._index': async () =>
    post('/admin/settings/taxes?index', {
      ...{ ...(await settingsFields('taxes')), prices: 'exclude', shippingTax: 'none' },
      ...{ storeCountry: 'US', storeRegion: 'New York' },
    }),
  'settings.taxes.classes.new': () => post('/admin/settings/taxes/classes/new', { title: 'Books' }),
  'settings.taxes.classes.$classId._index': async () => {
    const { classId } = await createClassWithRate()
    return post(`/admin/settings/taxes/classes/${classId}?index`, { title: 'Food', version: '1' })
  },
  'settings.taxes.classes.$classId.delete': async () =>
    post(`/admin/settings/taxes/classes/${(await createClassWithRate()).classId}/delete`),
  'settings.taxes.rates.new': () =>
    post('/admin/settings/taxes/rates/new', { country: 'US', region: 'CA', rate: '7.25' }),
  'settings.taxes.rates.$rateId._index': async () => {
    const { classId, rateId } = await createClassWithRate()
    const fields = { country: 'DE', region: '', taxClassId: String(classId), rate: '7', version: '1' }
    return post(`/admin/settings/taxes/rates/${rateId}?index`, fields)
  },
  'settings.taxes.rates.$rateId.delete': async () =>
    post(`/admin/settings/taxes/rates/${(await createClassWithRate()).rateId}/delete`),
  'settings.invoices': async () =>
    post('/admin/settings/invoices', { ...(await settingsFields('invoices')), taxNumber: 'DE123' }),
  'settings.marketing': async () =>
    post('/admin/settings/marketing', { ...(await settingsFields('marketing')), remindsOfCarts: 'on' }),
  'settings.payments': async () =>
    post('/admin/settings/payments', { ...(await settingsFields('payments')), bankDetails: 'IBAN 12' }),
  'settings.security': async () => {
    // Only staff with two-factor authentication may require it.
    const [secret, isOlga] = [
      { totpSecret: Buffer.alloc(53), totpEnabledAt: new Date() },
      eq(users.id, shop.olga),
    ]
    await db.update(users).set(secret).where(isOlga)
    const fields = { ...(await settingsFields('security')), staffNeedTwoFactor: 'on' }
    const answer = await post('/admin/settings/security', fields)
    await db.update(settings).set({ staffNeedTwoFactor: false })
    await db.update(users).set({ totpSecret: null, totpEnabledAt: null }).where(isOlga)
    return answer
  },
  'customers.$customerId.sessions.delete': async () => {
    await signIn(customer)
    return post(`/admin/customers/${customer}/sessions/delete`)
  },
  'customers.$customerId.suspend': () => post(`/admin/customers/${customer}/suspend`),
  'customers.$customerId.unsuspend': () => post(`/admin/customers/${customer}/unsuspend`),
  'staff.invitations.new': () =>
    post('/admin/staff/invitations/new', {
      email: 'new@example.com',
      role: 'staff',
      'permissions[0]': 'orders',
    }),
  'staff.invitations.$invitationId.delete': () =>
    post(`/admin/staff/invitations/${shop.invitationId}/delete`),
  'staff.$staffId._index': () =>
    post(`/admin/staff/${clerk}?index`, { role: 'staff', 'permissions[0]': 'catalog' }),
  'staff.$staffId.sessions.delete': async () => {
    await signIn(clerk)
    return post(`/admin/staff/${clerk}/sessions/delete`)
  },
  'staff.$staffId.two-factor.disable': () => post(`/admin/staff/${clerk}/two-factor/disable`),
  'staff.$staffId.suspend': () => post(`/admin/staff/${clerk}/suspend`),
  'staff.$staffId.unsuspend': () => post(`/admin/staff/${clerk}/unsuspend`),
  'staff.$staffId.delete': () => post(`/admin/staff/${clerk}/delete`),
  'staff.$staffId.ownership': async () => {
    const { id } = await createUser({ role: 'admin' })
    return post(`/admin/staff/${id}/ownership`, { password })
  },
}

test('every admin action that changes something is logged under its actor’s name', async () => {
  expect(
    actions.filter((id) => !adminActions[id] && !changesNothing[id]),
    'not driven by this test',
  ).toEqual([])
  expect(
    Object.keys({ ...adminActions, ...changesNothing }).filter((id) => !actions.includes(id)),
    'not-found',
  ).toEqual([])
  const silent: string[] = []
  for (const [id, act] of Object.entries(adminActions)) {
    const answer = await act()
    const own = await db.$count(auditLog, and(eq(auditLog.actorId, shop.olga), gt(auditLog.id, before)))
    if (answer.status !== 303 || own === 0) silent.push(`${answer.status} ${id}: ${own} rows by Olga`)
  }
  expect(silent).toEqual([])
  const names = await db
    .selectDistinct({ name: auditLog.actorName })
    .from(auditLog)
    .where(eq(auditLog.actorId, shop.olga))
  expect(names).toEqual([{ name: 'Olga Hill' }])
  await db.update(users).set({ role: 'admin' }).where(eq(users.role, 'owner'))
  await db.update(users).set({ role: 'owner' }).where(eq(users.id, shop.olga))
}, 120_000)

async function newestId(): Promise<number> {
  const [row] = await db.select({ id: auditLog.id }).from(auditLog).orderBy(desc(auditLog.id)).limit(1)
  return row?.id ?? 0
}
