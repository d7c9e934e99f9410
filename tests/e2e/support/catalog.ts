import { randomUUID } from 'node:crypto'
import { eq, ne } from 'drizzle-orm'
import sharp from 'sharp'
import { createCollection } from '#app/domain/collections/collection-editor.server.ts'
import { addMembers } from '#app/domain/collections/collection-members.server.ts'
import { storeUpload } from '#app/domain/media/store-upload.server.ts'
import { addProductImages } from '#app/domain/products/product-images.server.ts'
import { db } from '#db/client.ts'
import { media, products } from '#db/schema/index.ts'
import { createProduct, createProductWithOptions, createShop, now } from '../../support/cast.ts'
import { expect } from './test.ts'

/** A collection of two lamps and a mug; returns its URL. */
export async function createLamps(): Promise<string> {
  const ids = []
  for (const [title, type, stock] of [
    ['Desk lamp', 'Lamp', 5],
    ['Floor lamp', 'Lamp', 0],
    ['Mug', 'Mug', 5],
  ] as const) {
    const { productId } = await createProduct({ title, stock })
    await db.update(products).set({ type }).where(eq(products.id, productId))
    ids.push(productId)
  }
  return createCollectionOf(ids)
}

/** A collection of two boots in sizes and colors, of which some are sold out, and a lamp; returns its URL. */
export async function createBoots(): Promise<string> {
  const boots = { optionNames: ['Size', 'Color'] }
  const made = [
    await createProductWithOptions({
      ...{ title: 'Ankle boot', ...boots },
      versions: [
        { values: ['41', 'Red'], stock: 2 },
        { values: ['42', 'Red'], stock: 0 },
        { values: ['42', 'Black'], stock: 2 },
      ],
    }),
    await createProductWithOptions({
      ...{ title: 'Rain boot', ...boots },
      versions: [
        { values: ['41', 'Red'], stock: 0 },
        { values: ['42', 'Red'], stock: 2 },
      ],
    }),
    await createProduct({ title: 'Desk lamp' }),
  ]
  return createCollectionOf(made.map(({ productId }) => productId))
}

/** A collection of that many products, "Jug 1" and so on; returns its URL and the products. */
export async function createJugs(count: number) {
  const jugs = []
  for (let n = 1; n <= count; n += 1) jugs.push(await createProduct({ title: `Jug ${n}`, price: 1000 + n }))
  return { path: await createCollectionOf(jugs.map(({ productId }) => productId)), jugs }
}

async function createCollectionOf(productIds: number[]): Promise<string> {
  const { olga } = await createShop()
  const handle = `lights-${randomUUID()}`
  const made = await createCollection({
    ...{ title: 'Lights', handle, description: '', parentId: null, position: 1, now, by: olga },
    ...{ kind: 'manual', match: 'all', rules: [], isShown: true, publishedAt: null },
    ...{ seoTitle: '', seoDescription: '' },
  })
  if (!made.ok) throw new Error(made.reason)
  await addMembers({ collectionId: made.id, productIds, by: olga })
  return `/collections/${handle}`
}

/** A product with two images that are ready; returns its handle. */
export async function createPictured(): Promise<string> {
  const { olga } = await createShop()
  const { productId, handle } = await createProduct({ title: 'Tote' })
  const hashes = []
  for (const background of ['#203050', '#c0a050']) {
    const bytes = await sharp({ create: { width: 800, height: 1000, channels: 3, background } })
      .png()
      .toBuffer()
    const stored = await storeUpload({ filename: 'tote.png', bytes })
    if (!stored.ok) throw new Error(stored.reason)
    hashes.push(stored.hash)
  }
  await addProductImages({ productId, hashes, by: olga })
  const pending = () => db.$count(media, ne(media.status, 'ready'))
  await expect.poll(pending, { timeout: 30_000 }).toBe(0)
  return handle
}
