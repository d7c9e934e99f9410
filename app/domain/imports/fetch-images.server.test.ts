import { eq, sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeRenditions } from '#app/domain/media/make-renditions.server.ts'
import { countProducts } from '#app/domain/products/list-products.server.ts'
import { db } from '#db/client.ts'
import { imageFetches, media, productImages, products, variants } from '#db/schema/index.ts'
import { createShop, now } from '#tests/support/cast.ts'
import { asSuperuser } from '#tests/support/database.ts'
import { startImageServer } from '#tests/support/image-server.ts'
import { inChunks } from '#tests/support/read-csv.ts'
import { applyImport } from './apply-import.server.ts'
import { fetchImages } from './fetch-images.server.ts'
import { countImages, listFailedImages, retryImages } from './image-fetches.server.ts'
import { startApplying } from './imports.server.ts'
import { readImport } from './read-import.server.ts'
import { receiveImport } from './receive-import.server.ts'

let olga: number
let server: Awaited<ReturnType<typeof startImageServer>>

beforeEach(async () => {
  olga = (await createShop()).olga
  await asSuperuser((psql) => psql`truncate products, imports, media, image_fetches cascade`)
  server = await startImageServer()
})
afterEach(() => server.stop())

async function importRows(...rows: string[]): Promise<number> {
  const bytes = Buffer.from(
    ['Handle,Title,Image Src,Image Position,Image Alt Text,Variant Image', ...rows].join('\n'),
  )
  const upload = { filename: 'products.csv', bytes: inChunks(bytes, 10_000), overwrite: true, by: olga }
  const result = await receiveImport(upload)
  if (!result.ok) throw new Error(result.reason)
  await readImport(result.id, now)
  expect(await startApplying(result.id, olga)).toEqual({ ok: true })
  await applyImport(result.id)
  return result.id
}

const run = () =>
  fetchImages({ testHosts: [server.host], timeoutMs: 10_000, idleMs: 300, pauseMs: 0, retryMs: 1 })

/** Makes every waiting image due. */
const skipPauses = () =>
  db
    .update(imageFetches)
    .set({ nextAttemptAt: sql`now()` })
    .where(eq(imageFetches.status, 'waiting'))

test('images are fetched with their position and alt text, each URL once for all products', async () => {
  const { origin } = server
  const id = await importRows(
    `mug,Mug,${origin}/b.png,2,Back,${origin}/a.png`,
    `mug,,${origin}/a.png,1,Front,`,
    `cup,Cup,${origin}/a.png,1,Cup,`,
  )
  expect(await countImages(id)).toEqual({ waiting: 2, fetched: 0, failed: 0 })
  expect((await countProducts(0))['without-image']).toBe(2)
  await Promise.all([run(), run()])
  await run()
  expect(await countImages(id)).toEqual({ waiting: 0, fetched: 2, failed: 0 })
  expect((await countProducts(0))['without-image']).toBe(0)
  expect(await db.$count(media)).toBe(2)
  const images = await db
    .select({
      handle: products.handle,
      alt: productImages.alt,
      url: productImages.sourceUrl,
      hash: productImages.mediaHash,
    })
    .from(productImages)
    .innerJoin(products, eq(products.id, productImages.productId))
    .orderBy(products.handle, productImages.position)
  expect(images.map(({ handle, alt }) => [handle, alt])).toEqual([
    ['cup', 'Cup'],
    ['mug', 'Front'],
    ['mug', 'Back'],
  ])
  expect(images[0]!.hash).toBe(images[1]!.hash)
  const [mug] = await db
    .select()
    .from(variants)
    .innerJoin(productImages, eq(productImages.id, variants.imageId))
  expect(mug!.product_images.alt).toBe('Front')

  const again = await importRows(`pot,Pot,${origin}/a.png,1,,`)
  expect(await countImages(again)).toEqual({ waiting: 0, fetched: 1, failed: 0 })
  await run()
  expect(server.requests.get('/a.png')).toBeLessThanOrEqual(2)
})

test('one run makes at most two requests to a host at a time, and fetches each URL once', async () => {
  const rows = Array.from({ length: 60 }, (_, index) => `p${index},P,${server.origin}/${index % 40}.png,1,,`)
  const id = await importRows(...rows)
  await run()
  expect(await countImages(id)).toEqual({ waiting: 0, fetched: 40, failed: 0 })
  expect([...server.requests.values()]).toEqual(new Array(40).fill(1))
  expect(server.state.mostAtOnce).toBe(2)
})

test('failures are counted and listed with their reasons; the others are fetched', async () => {
  const paths = ['ok.png', 'missing', 'forbidden', 'lie.png', 'to-metadata', 'loop', 'endless.png']
  const id = await importRows(
    ...paths.map((path, index) => `p${index},P ${path},${server.origin}/${path},1,,`),
  )
  await run()
  expect(await countImages(id)).toEqual({ waiting: 0, fetched: 1, failed: 6 })
  const failed = await listFailedImages(id, 1)
  expect(Object.fromEntries(failed.map(({ title, reason }) => [title, reason]))).toEqual({
    'P missing': 'There is no image at this address (404).',
    'P forbidden': 'The server does not allow access to the image (403).',
    'P lie.png': 'This is not a JPEG, PNG, WebP, AVIF or GIF image.',
    'P to-metadata': 'The address is not on the public internet.',
    'P loop': 'The server redirects more than three times.',
    'P endless.png': 'The image is larger than 25 MB.',
  })
  expect(server.requests.get('/missing')).toBe(1)
})

test('a busy server is asked again later, with growing pauses, and not for ever', async () => {
  const id = await importRows(`a,A,${server.origin}/limited.png,1,,`, `b,B,${server.origin}/broken,1,,`)
  await run()
  expect(await countImages(id)).toMatchObject({ failed: 0 })
  for (let attempt = 0; attempt < 9; attempt++) {
    await skipPauses()
    await run()
  }
  expect(await countImages(id)).toEqual({ waiting: 0, fetched: 1, failed: 1 })
  expect(server.requests.get('/limited.png')).toBe(2)
  expect(server.requests.get('/broken')).toBe(8)
})

test('the pause grows with each attempt, and is not shorter than the server asks', async () => {
  await importRows(`b,B,${server.origin}/broken,1,,`)
  const pause = async () => {
    await skipPauses()
    await fetchImages({ testHosts: [server.host], pauseMs: 0, retryMs: 60_000 })
    const [row] = await db
      .select({ seconds: sql<number>`extract(epoch from ${imageFetches.nextAttemptAt} - now())::float` })
      .from(imageFetches)
    return row!.seconds
  }
  const [first, second] = [await pause(), await pause()]
  expect(first).toBeGreaterThan(55)
  expect(second).toBeGreaterThan(115)
})

test('staff can try one failed image again, or all of them', async () => {
  const id = await importRows(`a,A,${server.origin}/missing,1,,`, `b,B,${server.origin}/forbidden,1,,`)
  await run()
  const [first] = await listFailedImages(id, 1)
  expect(await retryImages({ importId: id, fetchId: first!.id, by: olga })).toEqual({ ok: true, count: 1 })
  expect(await countImages(id)).toEqual({ waiting: 1, fetched: 0, failed: 1 })
  await run()
  expect(await retryImages({ importId: id, by: olga })).toEqual({ ok: true, count: 2 })
  expect(await retryImages({ importId: id, by: olga })).toEqual({ ok: false, reason: 'none-failed' })
  expect(await retryImages({ importId: id + 1, by: olga })).toEqual({ ok: false, reason: 'not-found' })
})

test('a file that is damaged counts as failed, and is replaced when it is fetched again', async () => {
  const id = await importRows(`a,A,${server.origin}/damaged.png,1,,`)
  await run()
  const [stored] = await db.select({ hash: media.hash }).from(media)
  await makeRenditions(stored!.hash)
  expect(await countImages(id)).toEqual({ waiting: 0, fetched: 0, failed: 1 })
  expect(await listFailedImages(id, 1)).toMatchObject([{ reason: expect.stringContaining('damaged') }])
  expect((await countProducts(0))['without-image']).toBe(1)
  await retryImages({ importId: id, by: olga })
  await run()
  const [image] = await db.select({ hash: productImages.mediaHash }).from(productImages)
  expect(image!.hash).not.toBe(stored!.hash)
})

test('images of deleted products are not fetched', async () => {
  const id = await importRows(`a,A,${server.origin}/a.png,1,,`)
  await db.delete(products)
  await run()
  expect(await countImages(id)).toEqual({ waiting: 0, fetched: 0, failed: 0 })
  expect(server.requests.size).toBe(0)
})
