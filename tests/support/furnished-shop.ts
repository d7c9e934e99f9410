import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import sharp from 'sharp'
import { addMembers } from '#app/domain/catalog/collection-members.server.ts'
import { createCollection } from '#app/domain/catalog/collection-editor.server.ts'
import { addProductImages } from '#app/domain/catalog/product-images.server.ts'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { receiveImport } from '#app/domain/imports/receive-import.server.ts'
import { storeUpload } from '#app/domain/media/store-upload.server.ts'
import { db } from '#db/client.ts'
import { imports, invitations, mails, media } from '#db/schema/index.ts'
import { aGuest, aPerson, aProduct, aProductInVersions, filledForm, now, olgaOpensHerShop } from './cast.ts'

const csv = `Handle,Title,Option1 Name,Option1 Value,Variant Price,Variant Inventory Tracker,Variant Inventory Qty
new-lamp,New Lamp,Title,Default Title,49.00,shopify,3
bad-lamp,Bad Lamp,Title,Default Title,forty,shopify,3
`

export type FurnishedShop = Awaited<ReturnType<typeof furnishShop>>

/** Olga's shop with one of each thing that has a page. Needs an open outbox; a running worker does the jobs. */
export async function furnishShop() {
  const { settings, olga } = await olgaOpensHerShop()
  const pot = await aProduct({ title: 'Clay pot', price: 1250, compareAtPrice: 1500, stock: 100 })
  const stool = await aProductInVersions({
    title: 'Garden stool',
    optionNames: ['Colour', 'Height'],
    versions: [
      { values: ['Oak', 'Low'], price: 8900 },
      { values: ['Oak', 'High'], price: 9900, stock: 2 },
      { values: ['Ash', 'Low'], price: 8500, stock: 0 },
    ],
  })
  await addProductImages({ productId: pot.productId, hashes: [await aPicture()], by: olga })
  const collection = await createCollection({
    ...{ title: 'Garden', handle: 'garden', description: '<p>For outside.</p>', parentId: null, position: 1 },
    ...{ kind: 'manual', match: 'all', rules: [], isShown: true, publishedAt: null },
    ...{ seoTitle: '', seoDescription: '', now, by: olga },
  })
  if (!collection.ok) throw new Error(collection.reason)
  await addMembers({ collectionId: collection.id, productIds: [pot.productId], by: olga })
  const shopper = await aGuest({ variantId: pot.variantId, quantity: 2 })
  const order = await placeOrder({ shopper, form: await filledForm(shopper, settings), settings, now })
  if (!order.ok) throw new Error(order.reason)
  const received = await receiveImport({
    filename: 'lamps.csv',
    bytes: Readable.from([Buffer.from(csv)]),
    overwrite: false,
    by: olga,
  })
  if (!received.ok) throw new Error(received.reason)
  const [mail] = await db.select({ id: mails.id }).from(mails)
  const clerk = await aPerson({ role: 'staff', areas: ['orders', 'customers'], name: 'Ben Marsh' })
  const customer = await aPerson({ name: 'Cara Lind' })
  // Without its mail: links are made with the secret of the process that asks, which is not that of the shop.
  const [invitation] = await db
    .insert(invitations)
    .values({
      email: `guest-${randomUUID()}@example.com`,
      role: 'staff',
      areas: ['orders'],
      invitedById: olga,
    })
    .returning({ id: invitations.id })
  return {
    clerkId: clerk.id,
    customerId: customer.id,
    invitationId: invitation!.id,
    olga,
    pot,
    stool,
    collectionId: collection.id,
    orderId: order.orderId,
    token: order.token,
    importId: received.id,
    mailId: mail!.id,
  }
}

/** Whether the jobs that furnishing caused are done: mail written, file read, picture in its sizes. */
export async function isSettled(): Promise<boolean> {
  const [mail] = await db.select({ status: mails.status }).from(mails)
  const [file] = await db.select({ status: imports.status }).from(imports)
  const [picture] = await db.select({ status: media.status }).from(media)
  return mail?.status === 'held' && file?.status === 'ready' && picture?.status === 'ready'
}

async function aPicture() {
  const bytes = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#8c6f4a' } })
    .png()
    .toBuffer()
  const stored = await storeUpload({ filename: 'pot.png', bytes })
  if (!stored.ok) throw new Error(stored.reason)
  return stored.hash
}
