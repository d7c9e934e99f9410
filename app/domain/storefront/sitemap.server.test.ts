import { eq, type SQL, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '#db/client.ts'
import { collections, products } from '#db/schema/index.ts'
import { createProduct } from '#tests/support/cast.ts'
import { createProductImage } from '#tests/support/images.ts'
import { listSitemapFiles, readSitemapFile } from './sitemap.server.ts'
import type { SitemapEntry, SitemapKind } from './sitemap.ts'

async function readFile(kind: SitemapKind, part: number): Promise<SitemapEntry[]> {
  const entries: SitemapEntry[] = []
  for await (const step of readSitemapFile(kind, part)) entries.push(...step)
  return entries
}

const setTimes = (id: number, updatedAt: string, publishedAt: string) =>
  db.execute(
    sql`update products set updated_at = ${updatedAt}, published_at = ${publishedAt} where id = ${id}`,
  )

/** Published products with these ids, last changed on May 6. */
const createProducts = (ids: SQL) =>
  db.execute(sql`
    with made as (
      insert into products (id, handle, title, status, published_at, updated_at)
      overriding system value
      select id, 'part-' || id, 'Part', 'active', '2026-01-01', '2026-05-06Z' from ${ids} as id
      returning id
    ) insert into variants (product_id, position) select id, 1 from made`)

test('a published product is listed with the time of its last change and its images', async () => {
  const { productId, handle } = await createProduct()
  await createProductImage(productId, 1)
  await createProductImage(productId, 2, 'pending')
  await setTimes(productId, '2026-02-03 04:05:06.789Z', '2026-01-01Z')
  const entry = (await readFile('products', 1)).find(({ path }) => path === `/products/${handle}`)
  expect(entry).toEqual({
    path: `/products/${handle}`,
    changedAt: new Date('2026-02-03T04:05:06.789Z'),
    images: [expect.objectContaining({ hash: '1'.repeat(64), width: 640 })],
  })
  // It appeared after its last change.
  await setTimes(productId, '2026-02-03Z', '2026-03-04Z')
  const later = (await readFile('products', 1)).find(({ path }) => path === `/products/${handle}`)
  expect(later!.changedAt).toEqual(new Date('2026-03-04'))
})

test('what shoppers cannot see is not listed', async () => {
  const hidden = [await createProduct(), await createProduct(), await createProduct()]
  await db.update(products).set({ status: 'draft' }).where(eq(products.id, hidden[0]!.productId))
  await db.update(products).set({ publishedAt: null }).where(eq(products.id, hidden[1]!.productId))
  await db.execute(
    sql`update products set published_at = now() + interval '1 hour' where id = ${hidden[2]!.productId}`,
  )
  await db.insert(collections).values([
    { handle: 'hidden', title: 'Hidden' },
    { handle: 'later', title: 'Later', publishedAt: sql`now() + interval '1 hour'` },
    { handle: 'shown', title: 'Shown', publishedAt: new Date(0) },
  ])
  const paths = [...(await readFile('products', 1)), ...(await readFile('collections', 1))].map(
    ({ path }) => path,
  )
  expect(paths.filter((path) => path.startsWith('/collections/'))).toEqual(['/collections/shown'])
  for (const { handle } of hidden) expect(paths).not.toContain(`/products/${handle}`)
})

test('products are divided by id, so that a file changes only with its own products', async () => {
  await createProducts(sql`unnest(array[9000, 10000, 10001, 20000, 20001])`)
  expect((await readFile('products', 1)).map(({ path }) => path)).toEqual(
    expect.arrayContaining(['/products/part-9000', '/products/part-10000']),
  )
  expect((await readFile('products', 2)).map(({ path }) => path)).toEqual([
    '/products/part-10001',
    '/products/part-20000',
  ])
  expect(await readFile('products', 4)).toEqual([])
  const files = await listSitemapFiles()
  expect(files.filter(({ kind }) => kind === 'products').map(({ part }) => part)).toEqual([1, 2, 3])
  expect(files.find(({ kind, part }) => kind === 'products' && part === 2)!.changedAt).toEqual(
    new Date('2026-05-06'),
  )
  expect(files[0]).toEqual({ kind: 'pages', part: 1, changedAt: null })
})

test('a file of more than one batch is complete', async () => {
  await createProducts(sql`generate_series(30001, 32500)`)
  const paths = (await readFile('products', 4)).map(({ path }) => path)
  expect(paths).toHaveLength(2_500)
  expect(new Set(paths).size).toBe(2_500)
})
