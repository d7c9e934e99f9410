import { and, eq, sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { saveProduct } from '#app/domain/catalog/save-product.server.ts'
import { openProductForm } from '#tests/support/product-form.ts'
import { db, transaction } from '#db/client.ts'
import {
  auditLog,
  importChanges,
  importChunks,
  imports,
  media,
  productImages,
  products,
  stockLedger,
  variants,
} from '#db/schema/index.ts'
import { createProduct, now, createShop } from '#tests/support/cast.ts'
import { asSuperuser } from '#tests/support/database.ts'
import { applyCsv, checkCsv, uploadCsv } from '#tests/support/imports.ts'
import { fixture, inChunks } from '#tests/support/read-csv.ts'
import { applyImport } from './apply-import.server.ts'
import {
  discardImport,
  getImport,
  listChanges,
  listIssues,
  startApplying,
  startReading,
} from './imports.server.ts'
import { readImport } from './read-import.server.ts'
import { receiveImport } from './receive-import.server.ts'
import { fieldChanges } from './diff.ts'
import type { ProductState } from '#app/domain/products/product-state.ts'

let olga: number

beforeEach(async () => {
  olga = (await createShop()).olga
  await asSuperuser((psql) => psql`truncate products, imports, media cascade`)
})

const upload = (text: string | Buffer, overwrite = true) => uploadCsv({ text, overwrite, by: olga })
const check = (text: string | Buffer, overwrite = true) => checkCsv({ text, overwrite, by: olga })
const apply = (id: number) => applyCsv({ id, by: olga })

async function differences(importId: number) {
  const changes = await listChanges(importId, 'update', 1)
  return changes.flatMap(({ before, after }) => fieldChanges(before as ProductState, after as ProductState))
}

const file = (...rows: string[]) =>
  [
    'Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Price',
    ...rows,
  ].join('\n') + '\n'
const shirt = (...rows: string[]) => file('shirt,Shirt,Size,S,S1,shopify,5,10', ...rows)

test('a dry run does not change the catalog; applying writes all of it; repeating both changes nothing', async () => {
  const checked = await check(await fixture('classic.csv'))
  expect(checked).toMatchObject({
    status: 'ready',
    dialect: 'classic',
    createCount: 4,
    errorCount: 0,
    rowsRead: 8,
  })
  expect(await db.$count(products)).toBe(0)

  expect(await apply(checked.id)).toMatchObject({ status: 'applied', appliedCount: 4 })
  const [mug] = await db.select().from(products).where(eq(products.handle, 'harbour-mug'))
  expect(mug).toMatchObject({
    priceMin: 1850,
    priceMax: 2400,
    optionNames: ['Glaze', 'Size'],
    status: 'active',
  })
  expect(mug!.description).not.toMatch(/script|onclick/)
  const sizes = await db
    .select()
    .from(variants)
    .where(eq(variants.productId, mug!.id))
    .orderBy(variants.position)
  expect(sizes.map((row) => [row.optionValues.join('/'), row.stock, row.trackStock])).toEqual([
    ['Blue/Small', 12, true],
    ['Blue/Large', -3, true],
    ['Sand/Small', 0, false],
  ])
  const images = await db.select().from(productImages).where(eq(productImages.productId, mug!.id))
  expect(images).toHaveLength(4)
  expect(sizes[0]!.imageId).toBe(images.find((row) => row.sourceUrl?.endsWith('mug-blue.jpg'))!.id)
  const [table] = await db.select().from(products).where(eq(products.handle, 'oak-table'))
  expect(table).toMatchObject({ status: 'draft', priceMin: null })
  expect(await db.$count(importChunks)).toBe(0)

  const again = await check(await fixture('classic.csv'))
  expect(again).toMatchObject({ createCount: 0, updateCount: 0, unchangedCount: 4 })
  expect(await startApplying(again.id, olga)).toEqual({ ok: false, reason: 'wrong-state' })
})

test('the template format gives the same catalog, and skips existing products unless told otherwise', async () => {
  await apply((await check(await fixture('template.csv'))).id)
  expect(await db.$count(variants)).toBe(3)
  const changed = (await fixture('template.csv')).toString().replace('Linen apron', 'Apron of linen')
  expect(await check(changed, false)).toMatchObject({ skippedCount: 2, updateCount: 0 })
  const checked = await check(changed, true)
  expect(checked).toMatchObject({ updateCount: 1, unchangedCount: 1 })
  expect(await differences(checked.id)).toEqual([
    {
      of: '',
      field: 'Title',
      from: { kind: 'text', text: 'Linen apron' },
      to: { kind: 'text', text: 'Apron of linen' },
    },
  ])
})

test('variants keep their identity through new values, new order and new letter case', async () => {
  await apply((await check(shirt('shirt,,,M,S2,shopify,5,10', 'shirt,,,L,S3,shopify,5,10'))).id)
  const before = await db.select().from(variants).orderBy(variants.position)
  const next = await check(
    file('shirt,Shirt,Size,Large,S3,shopify,5,11', 'shirt,,,m,S2,shopify,5,10', 'shirt,,,S,S9,shopify,5,10'),
  )
  await apply(next.id)
  const after = await db.select().from(variants).orderBy(variants.position)
  expect(after.map(({ id }) => id)).toEqual([before[2]!.id, before[1]!.id, before[0]!.id])
  expect(after.map(({ optionValues }) => optionValues[0])).toEqual(['Large', 'm', 'S'])
})

test('a variant missing in the file is removed, and the dry run warns of it', async () => {
  await apply((await check(shirt('shirt,,,M,S2,shopify,5,10', 'shirt,,,L,S3,shopify,5,10'))).id)
  const checked = await check(shirt())
  const { issues } = await listIssues(checked.id, 'warning', 1)
  expect(issues.map(({ message }) => message)).toEqual([
    'The variant “M” is not in the file and will be removed.',
    'The variant “L” is not in the file and will be removed.',
  ])
  await apply(checked.id)
  expect(await db.$count(variants)).toBe(1)
})

test('stock changes by the difference that the dry run showed, so later sales are kept', async () => {
  await apply((await check(shirt())).id)
  const checked = await check(shirt().replace('shopify,5', 'shopify,8'))
  await transaction(async (tx) => {
    const [row] = await tx.update(variants).set({ stock: 3 }).returning({ id: variants.id })
    await tx
      .insert(stockLedger)
      .values({ variantId: row!.id, delta: -2, balance: 3, reason: 'correction', byUserId: olga })
  })
  expect(await apply(checked.id)).toMatchObject({ appliedCount: 1, errorCount: 0 })
  expect(await db.select({ stock: variants.stock }).from(variants)).toEqual([{ stock: 6 }])
  const ledger = await db.select().from(stockLedger).orderBy(stockLedger.id)
  expect(ledger.map(({ delta, reason }) => [delta, reason])).toEqual([
    [5, 'initial'],
    [-2, 'correction'],
    [3, 'import'],
  ])
})

test('a product changed since the dry run is skipped and reported', async () => {
  await apply((await check(shirt())).id)
  const checked = await check(shirt().replace('Shirt', 'Chemise') + 'new,New,Title,Default Title,,,,1\n')
  const [row] = await db.select().from(products)
  await saveProduct({ ...(await openProductForm(row!.id)), title: 'Blouse', by: olga })
  expect(await apply(checked.id)).toMatchObject({ status: 'applied', appliedCount: 1, errorCount: 1 })
  const [kept] = await db.select().from(products).where(eq(products.id, row!.id))
  expect(kept!.title).toBe('Blouse')
  const { issues } = await listIssues(checked.id, 'error', 1)
  expect(issues[0]!.message).toContain('this product was changed')
})

test('a handle taken since the dry run is skipped and reported', async () => {
  const checked = await check(shirt())
  const { productId } = await createProduct({ title: 'Another shirt' })
  await db.update(products).set({ handle: 'shirt' }).where(eq(products.id, productId))
  expect(await apply(checked.id)).toMatchObject({ appliedCount: 0, errorCount: 1 })
  expect(await db.$count(variants)).toBe(1)
})

test('an interrupted run resumes where it stopped, and one failing product does not stop the others', async () => {
  const rows = Array.from(
    { length: 250 },
    (_, index) => `p${index},P ${index},Title,Default Title,,shopify,2,1`,
  )
  const checked = await check(file(...rows))
  // The failing one: a price that the database refuses, as if a check were missing in the code.
  await db.execute(
    sql`update import_changes set after = jsonb_set(after, '{variants,0,price}', '-5') where handle = 'p7'`,
  )
  await startApplying(checked.id, olga)
  // The crash: after the first hundred, the next product cannot be locked and the job ends.
  await asSuperuser(async (psql) => {
    await psql`create function fail() returns trigger language plpgsql as $$ begin raise exception 'power cut'; end $$`
    await psql`create trigger fail before insert on products for each row when (new.handle = 'p150') execute function fail()`
  })
  await expect(applyImport(checked.id)).rejects.toThrow()
  expect(await getImport(checked.id)).toMatchObject({ status: 'applying', appliedCount: 99 })
  await asSuperuser((psql) => psql`drop trigger fail on products`)

  await applyImport(checked.id)
  await applyImport(checked.id)
  expect(await getImport(checked.id)).toMatchObject({ status: 'applied', appliedCount: 249, errorCount: 1 })
  expect(await db.$count(products)).toBe(249)
  expect(await db.$count(stockLedger)).toBe(249)
})

test('two concurrent dry runs write the same change set once', async () => {
  const rows = Array.from({ length: 700 }, (_, index) => `p${index},P ${index},Title,Default Title,,,,1`)
  const id = await upload(file(...rows))
  await Promise.allSettled([readImport(id, now), readImport(id, now)])
  await readImport(id, now)
  expect(await getImport(id)).toMatchObject({ status: 'ready', createCount: 700, rowsRead: 700 })
  expect(await db.$count(importChanges)).toBe(700)
})

test('two concurrent runs apply each product once', async () => {
  const rows = Array.from(
    { length: 300 },
    (_, index) => `p${index},P ${index},Title,Default Title,,shopify,2,1`,
  )
  const checked = await check(file(...rows))
  await startApplying(checked.id, olga)
  await Promise.all([applyImport(checked.id), applyImport(checked.id)])
  expect(await getImport(checked.id)).toMatchObject({ status: 'applied', appliedCount: 300, errorCount: 0 })
  expect(await db.$count(stockLedger)).toBe(300)
})

test('a handle that occurs again later rejects both parts of the product', async () => {
  const checked = await check(file('a,A,Size,S,,,,1', 'b,B,Title,Default Title,,,,1', 'a,A,Size,M,,,,1'))
  expect(checked).toMatchObject({ status: 'ready', createCount: 1, errorCount: 1 })
  expect((await listChanges(checked.id, 'create', 1)).map(({ handle }) => handle)).toEqual(['b'])
})

test('a file that cannot be read to its end leaves no change set, and can be discarded', async () => {
  const rows = Array.from({ length: 600 }, (_, index) => `p${index},P ${index},Title,Default Title,,,,1`)
  const checked = await check(file(...rows) + 'p600,"never closed')
  expect(checked).toMatchObject({ status: 'failed', createCount: 0 })
  expect(checked.failure).toContain('line 602')
  expect(await db.$count(importChanges)).toBe(0)
  expect(await startApplying(checked.id, olga)).toEqual({ ok: false, reason: 'wrong-state' })
  expect(await startReading(checked.id, olga)).toEqual({ ok: true })
  expect(await discardImport(checked.id, olga)).toEqual({ ok: true })
  expect(await db.$count(importChunks)).toBe(0)
  await readImport(checked.id, now)
  expect(await getImport(checked.id)).toMatchObject({ status: 'discarded' })
})

test('a complete upload is one entry of the activity', async () => {
  const id = await upload('Handle,Title\nonce,Once\n')
  const entries = await db
    .select({ action: auditLog.action })
    .from(auditLog)
    .where(and(eq(auditLog.tableName, 'imports'), eq(auditLog.rowKey, String(id))))
  expect(entries).toEqual([{ action: 'insert' }])
})

test('an aborted or empty upload leaves nothing', async () => {
  async function* broken() {
    yield Buffer.alloc(600_000, 'a')
    throw new Error('connection lost')
  }
  await expect(
    receiveImport({ filename: 'a.csv', bytes: broken(), overwrite: false, by: olga }),
  ).rejects.toThrow('connection lost')
  const empty = await receiveImport({
    filename: 'a.csv',
    bytes: inChunks(Buffer.alloc(0)),
    overwrite: false,
    by: olga,
  })
  expect(empty).toEqual({ ok: false, reason: 'empty' })
  expect(await db.$count(imports)).toBe(0)
  expect(await db.$count(importChunks)).toBe(0)
})

test('uploaded images stay, and keep their position when the same file is imported again', async () => {
  const text = 'Handle,Title,Image Src\nmug,Mug,https://p.example/1.jpg\nmug,,https://p.example/2.jpg\n'
  await apply((await check(text)).id)
  const [mug] = await db.select().from(products)
  const mediaHash = 'a'.repeat(64)
  await db
    .insert(media)
    .values({ hash: mediaHash, contentType: 'image/png', byteSize: 1, original: Buffer.alloc(1) })
  await db.update(productImages).set({ position: sql`${productImages.position} + 1` })
  await db.insert(productImages).values({ productId: mug!.id, position: 1, mediaHash })
  expect(await check(text)).toMatchObject({ unchangedCount: 1 })
  await apply((await check(text.replace('2.jpg', '3.jpg'))).id)
  const images = await db.select().from(productImages).orderBy(productImages.position)
  expect(images.map((row) => row.sourceUrl?.at(-5) ?? 'own')).toEqual(['1', '3', 'own'])
})
