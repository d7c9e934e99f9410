import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ServerBuild } from '@remix-run/node'
import { and, asc, desc, eq, gt } from 'drizzle-orm'
import sharp from 'sharp'
import { beforeAll, expect, test, vi } from 'vitest'
import { addMembers } from '#app/domain/catalog/collection-members.server.ts'
import { addProductImages } from '#app/domain/catalog/product-images.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { db } from '#db/client.ts'
import {
  auditLog,
  collections,
  imports,
  mails,
  orderLines,
  productImages,
  products,
  users,
  variants,
} from '#db/schema/index.ts'
import { adaOrders, aPerson, aProduct, password, signIn } from '#tests/support/cast.ts'
import { type FurnishedShop, furnishShop, isSettled } from '#tests/support/furnished-shop.ts'
import { theOwner, useRunningShop } from '#tests/support/http-shop.ts'
import { aPicture } from '#tests/support/pictures.ts'
import type { Answer } from '#tests/support/visitor.ts'

useRunningShop()

const build = (await import(
  /* @vite-ignore */ pathToFileURL(path.resolve('build/server/index.js')).href
)) as ServerBuild

const actions = Object.values(build.routes)
  .flatMap((route) => (route?.module.action && route.id.startsWith('routes/admin') ? [route.id] : []))
  .map((id) => id.replace('routes/admin.', ''))
  .sort()

/** Actions of the admin after which nothing is another than before, and why. */
const changesNothing: Record<string, string> = {
  'orders.$orderId.watching._index': 'that somebody looks is no change of the shop',
  'orders.$orderId.watching.deletion': 'nor that they left',
}

type Owner = Awaited<ReturnType<typeof theOwner>>

let owner: Owner
let shop: FurnishedShop
let clerk: number
let customer: number
let orders: Record<'notes' | 'payment' | 'fulfilments' | 'cancellation', number>

beforeAll(async () => {
  shop = await furnishShop()
  await vi.waitUntil(isSettled, { timeout: 20_000, interval: 100 })
  owner = await theOwner()
  clerk = (
    await aPerson({
      role: 'staff',
      areas: ['orders'],
      totpSecret: Buffer.alloc(53),
      totpEnabledAt: new Date(),
    })
  ).id
  customer = (await aPerson()).id
  const [notes, payment, fulfilments, cancellation] = await Promise.all(
    [1, 2, 3, 4].map(async () => (await adaOrders(shop.pot)).orderId),
  )
  orders = { notes: notes!, payment: payment!, fulfilments: fulfilments!, cancellation: cancellation! }
}, 60_000)

/** The last row of the log before the form that was sent last: what led up to the form does not count. */
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

const picture = async (background: string) =>
  new Blob([
    new Uint8Array(
      await sharp({ create: { width: 40, height: 30, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  ])

async function aPot() {
  const made = await aProduct({ title: 'Another pot', stock: 5 })
  const [product] = await db.select().from(products).where(eq(products.id, made.productId))
  return { ...made, version: String(product!.version), address: `/admin/products/${made.productId}` }
}

/** A pot with two pictures. */
async function aPicturedPot() {
  const pot = await aPot()
  await addProductImages({
    productId: pot.productId,
    hashes: [await aPicture(), await aPicture()],
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
const inCollection = () => `/admin/collections/${shop.collectionId}`

/** A member of the collection that is the last of two. */
async function aMember() {
  const pots = [await aPot(), await aPot()]
  const productIds = pots.map(({ productId }) => productId)
  await addMembers({ collectionId: shop.collectionId, productIds, by: clerk })
  return `${inCollection()}/products/${productIds[1]!}`
}

async function anImport(): Promise<string> {
  await upload('/admin/imports?index', 'file', new Blob([`Handle,Title\n${randomUUID()},Jug\n`]))
  const [row] = await db.select().from(imports).orderBy(desc(imports.id)).limit(1)
  await vi.waitUntil(
    async () => (await db.select().from(imports).where(eq(imports.id, row!.id)))[0]!.status === 'ready',
    { timeout: 20_000, interval: 100 },
  )
  return `/admin/imports/${row!.id}`
}

async function settingsFields(): Promise<Record<string, string>> {
  const settings = (await getSettings())!
  const entries = Object.entries(settings).flatMap(([name, value]) =>
    typeof value === 'boolean' ? (value ? [[name, 'on']] : []) : [[name, String(value as string)]],
  )
  return {
    ...(Object.fromEntries(entries) as Record<string, string>),
    shippingRate: '4.90',
    tagline: 'Made by hand',
  }
}

/** Each action of the admin with a change that is one, in an order in which they do not hinder one another. */
const acts: Record<string, () => Promise<Answer>> = {
  'products.new': () =>
    post('/admin/products/new', { ...facts, price: '9.90', stock: '3', trackStock: 'on' }),
  'products.$productId._index': async () => {
    const { address, version } = await aPot()
    return post(`${address}?index`, { ...facts, version })
  },
  'products.$productId.options': async () => {
    const { address, version } = await aPot()
    return post(`${address}/options`, { version, 'options[0].name': 'Size', 'options[0].values': 'S, M' })
  },
  'products.$productId.variants._index': async () => {
    const { address, version, variantId } = await aPot()
    const row = {
      'rows[0].id': String(variantId),
      'rows[0].price': '7',
      'rows[0].shown': '5',
      'rows[0].stock': '6',
    }
    return post(`${address}/variants?index`, { version, ...row })
  },
  'products.$productId.variants.$variantId._index': async () => {
    const { address, version, variantId } = await aPot()
    return post(`${address}/variants/${variantId}?index`, { version, ...variantFacts })
  },
  'products.$productId.variants.$variantId.stock': async () => {
    const { address, variantId } = await aPot()
    return post(`${address}/variants/${variantId}/stock`, { shown: '5', stock: '9', reason: 'received' })
  },
  'products.$productId.variants.$variantId.deletion': async () => {
    const [variant] = await db.select().from(variants).where(eq(variants.id, shop.stool.variantIds[0]!))
    return post(`/admin/products/${variant!.productId}/variants/${variant!.id}/deletion`)
  },
  'products.$productId.images._index': async () =>
    upload(`${(await aPot()).address}/images?index`, 'files', await picture('#123456')),
  'products.$productId.images.$imageId._index': async () =>
    post(`${(await aPicturedPot()).address}?index`, { alt: 'A pot', position: '1' }),
  'products.$productId.images.$imageId.position': async () =>
    post(`${(await aPicturedPot()).address}/position`, { direction: 'down' }),
  'products.$productId.images.$imageId.deletion': async () =>
    post(`${(await aPicturedPot()).address}/deletion`),
  'products.$productId.deletion': async () => post(`${(await aPot()).address}/deletion`),
  'collections.new': () => post('/admin/collections/new', { title: 'Winter', kind: 'manual' }),
  'collections.$collectionId._index': async () => {
    const [found] = await db.select().from(collections).where(eq(collections.id, shop.collectionId))
    return post(`${inCollection()}?index`, {
      title: 'Terrace',
      kind: 'manual',
      version: String(found!.version),
    })
  },
  'collections.$collectionId.picture': async () =>
    upload(`${inCollection()}/picture`, 'files', await picture('#654321')),
  'collections.$collectionId.products._index': async () =>
    post(`${inCollection()}/products?index`, { 'productIds[0]': String((await aPot()).productId) }),
  'collections.$collectionId.products.$productId._index': async () =>
    post(`${await aMember()}?index`, { position: '1' }),
  'collections.$collectionId.products.$productId.deletion': async () => post(`${await aMember()}/deletion`),
  'collections.$collectionId.deletion': () => post(`${inCollection()}/deletion`),
  'imports._index': () => upload('/admin/imports?index', 'file', new Blob(['Handle,Title\nmug,Mug\n'])),
  'imports.$importId.reading': async () => post(`${await anImport()}/reading`),
  'imports.$importId.application': async () => post(`${await anImport()}/application`),
  'imports.$importId.disposal': async () => post(`${await anImport()}/disposal`),
  'orders.$orderId.notes': () => post(`/admin/orders/${orders.notes}/notes`, { note: 'Call back' }),
  'orders.$orderId.payment': () => post(`/admin/orders/${orders.payment}/payment`, { version: '1' }),
  'orders.$orderId.fulfilments': async () => {
    const [line] = await db.select().from(orderLines).where(eq(orderLines.orderId, orders.fulfilments))
    const sent = { 'lines[0].orderLineId': String(line!.id), 'lines[0].quantity': '1' }
    return post(`/admin/orders/${orders.fulfilments}/fulfilments`, { version: '1', ...sent })
  },
  'orders.$orderId.cancellation': () =>
    post(`/admin/orders/${orders.cancellation}/cancellation`, { version: '1' }),
  'mails.$mailId.attempts': async () => {
    const [held] = await db.select().from(mails).where(eq(mails.status, 'held'))
    return post(`/admin/mails/${held!.id}/attempts`)
  },
  settings: async () => post('/admin/settings', await settingsFields()),
  'customers.$customerId.sessions.deletion': async () => {
    await signIn(customer)
    return post(`/admin/customers/${customer}/sessions/deletion`)
  },
  'customers.$customerId.suspension': () => post(`/admin/customers/${customer}/suspension`),
  'customers.$customerId.suspension_.deletion': () =>
    post(`/admin/customers/${customer}/suspension/deletion`),
  'staff.invitations.new': () =>
    post('/admin/staff/invitations/new', { email: 'new@example.com', role: 'staff', 'areas[0]': 'orders' }),
  'staff.invitations.$invitationId.deletion': () =>
    post(`/admin/staff/invitations/${shop.invitationId}/deletion`),
  'staff.$staffId._index': () =>
    post(`/admin/staff/${clerk}?index`, { role: 'staff', 'areas[0]': 'catalogue' }),
  'staff.$staffId.sessions.deletion': async () => {
    await signIn(clerk)
    return post(`/admin/staff/${clerk}/sessions/deletion`)
  },
  'staff.$staffId.two-factor.deletion': () => post(`/admin/staff/${clerk}/two-factor/deletion`),
  'staff.$staffId.suspension': () => post(`/admin/staff/${clerk}/suspension`),
  'staff.$staffId.suspension_.deletion': () => post(`/admin/staff/${clerk}/suspension/deletion`),
  'staff.$staffId.deletion': () => post(`/admin/staff/${clerk}/deletion`),
  'staff.$staffId.ownership': async () => {
    const { id } = await aPerson({ role: 'admin' })
    return post(`/admin/staff/${id}/ownership`, { password })
  },
}

test('every action of the admin that changes something is in the log under the name of who did it', async () => {
  expect(
    actions.filter((id) => !acts[id] && !changesNothing[id]),
    'not driven by this test',
  ).toEqual([])
  expect(
    Object.keys({ ...acts, ...changesNothing }).filter((id) => !actions.includes(id)),
    'gone',
  ).toEqual([])
  const silent: string[] = []
  for (const [id, act] of Object.entries(acts)) {
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
