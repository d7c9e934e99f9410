import { eq, sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { adjustStock } from '#app/domain/stock/adjust-stock.server.ts'
import { db } from '#db/client.ts'
import {
  collectionProducts,
  collections,
  importChanges,
  products,
  stockLedger,
  variants,
} from '#db/schema/index.ts'
import { createOrder, createShop } from '#tests/support/cast.ts'
import { asSuperuser } from '#tests/support/database.ts'
import { applyCsv, checkCsv } from '#tests/support/imports.ts'
import { fixture } from '#tests/support/read-csv.ts'
import { startUndoing, getImport, listKept } from './imports.server.ts'
import { undoImport } from './undo-import.server.ts'

let by: number

beforeEach(async () => {
  by = (await createShop()).olga
  await db.delete(products)
  await db.delete(collections)
})

async function importCsv(text: string | Buffer): Promise<number> {
  const { id } = await checkCsv({ text, by })
  await applyCsv({ id, by })
  return id
}

async function undo(id: number) {
  expect(await startUndoing(id, by)).toEqual({ ok: true })
  await undoImport(id)
  return (await getImport(id))!
}

const header =
  'Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Price,Image Src,Image Alt Text'
const file = (...rows: string[]) => [header, ...rows, ''].join('\n')

/** All that an import writes; IDs and versions are not part of it. */
async function catalog() {
  const rows = await db.execute<{ product: object }>(sql`
    select to_jsonb(p) - 'id' - 'version' - 'updated_at' - 'created_at' || jsonb_build_object(
      'variants', (select jsonb_agg(to_jsonb(v) - 'id' - 'product_id' - 'image_id' - 'created_at' - 'updated_at'
          || jsonb_build_object('image', i.source_url) order by v.position)
        from variants v left join product_images i on i.id = v.image_id where v.product_id = p.id),
      'images', (select jsonb_agg(jsonb_build_object('url', i.source_url, 'alt', i.alt) order by i.position)
        from product_images i where i.product_id = p.id)) as product
    from products p order by p.handle`)
  return rows.map(({ product }) => product)
}

async function ledgerIsExact() {
  const off = await db.execute(sql`
    select v.id from variants v left join ${stockLedger} l on l.variant_id = v.id
    group by v.id having v.stock <> coalesce(sum(l.delta), 0)`)
  expect(off).toEqual([])
}

async function variantOf(handle: string) {
  const [row] = await db
    .select({ productId: products.id, variantId: variants.id, stock: variants.stock })
    .from(products)
    .innerJoin(variants, eq(variants.productId, products.id))
    .where(eq(products.handle, handle))
    .orderBy(variants.position)
  return row!
}

const former = file(
  'pot,Pot,Size,S,P-S,shopify,5,10,https://a.example/1.jpg,Front',
  'pot,,,L,P-L,shopify,6,12,https://a.example/2.jpg,',
  'lamp,Lamp,Title,Default Title,L,shopify,7,30,,',
)
const changed = file(
  'pot,Clay pot,Size,S,P-1,shopify,25,11,https://a.example/3.jpg,New',
  'pot,,,M,P-M,shopify,6,12,https://a.example/1.jpg,Back',
  'pot,,,XL,P-XL,shopify,8,15,,',
  'lamp,Lamp,Title,Default Title,L,shopify,3,35,,',
  'vase,Vase,Title,Default Title,V,shopify,9,40,https://a.example/4.jpg,',
)

test('a catalog is as before: fields, variants, images, stock and ledger; undoing again does nothing', async () => {
  await importCsv(former)
  const before = await catalog()
  const id = await importCsv(changed)
  expect(await catalog()).not.toEqual(before)
  expect(await undo(id)).toMatchObject({ status: 'undone', undoneCount: 3, keptCount: 0 })
  expect(await catalog()).toEqual(before)
  await ledgerIsExact()
  expect(await startUndoing(id, by)).toEqual({ ok: false, reason: 'wrong-state' })
  await undoImport(id)
  expect(await catalog()).toEqual(before)
})

test.each(['classic.csv', 'template.csv'])(
  'the first import of %s leaves an empty catalog when undone',
  async (name) => {
    const id = await importCsv(await fixture(name))
    expect(await db.$count(products)).toBeGreaterThan(0)
    await undo(id)
    expect(await catalog()).toEqual([])
  },
)

test('sales since the import stay counted, and stock never falls below zero', async () => {
  await importCsv(former)
  const id = await importCsv(changed)
  const [pot, lamp] = [await variantOf('pot'), await variantOf('lamp')]
  await createOrder({ variantId: lamp.variantId, quantity: 2 })
  await createOrder({ variantId: pot.variantId, quantity: 21 })
  expect(await undo(id)).toMatchObject({ undoneCount: 2, keptCount: 1 })
  // 7 before the import, 2 sold since.
  expect((await variantOf('lamp')).stock).toBe(5)
  expect((await variantOf('pot')).stock).toBe(4)
  expect(await listKept(id, 1)).toMatchObject([{ handle: 'pot', reason: 'sold' }])
  await ledgerIsExact()
})

test.each([
  [
    'changed',
    'lamp',
    ({ productId }) => db.update(products).set({ vendor: 'x' }).where(eq(products.id, productId)),
  ],
  ['deleted', 'lamp', ({ productId }) => db.delete(products).where(eq(products.id, productId))],
  ['ordered', 'vase', ({ variantId }) => createOrder({ variantId, quantity: 1 })],
  ['in-use', 'vase', addToCollection],
  [
    'changed',
    'vase',
    (ids) => adjustStock({ ...ids, shown: 9, stock: 10, reason: 'received', note: '', by }),
  ],
] satisfies [string, string, (ids: { productId: number; variantId: number }) => Promise<unknown>][])(
  'a product that is %s since the import stays as it is (%s)',
  async (reason, handle, change) => {
    await importCsv(former)
    const id = await importCsv(changed)
    await change(await variantOf(handle))
    const kept = (await catalog()).filter((product) => (product as { handle: string }).handle === handle)
    expect(await undo(id)).toMatchObject({ undoneCount: 2, keptCount: 1 })
    expect(await listKept(id, 1)).toMatchObject([{ handle, reason }])
    expect((await catalog()).filter((product) => (product as { handle: string }).handle === handle)).toEqual(
      kept,
    )
  },
)

test('a new variant that was ordered keeps its product as it is', async () => {
  await importCsv(former)
  const id = await importCsv(changed)
  const [added] = await db.select({ id: variants.id }).from(variants).where(eq(variants.sku, 'P-M'))
  await createOrder({ variantId: added!.id, quantity: 1 })
  await undo(id)
  expect(await listKept(id, 1)).toMatchObject([{ handle: 'pot', reason: 'ordered' }])
})

test('a run that was interrupted resumes where it stopped', async () => {
  await importCsv(former)
  const before = await catalog()
  const id = await importCsv(changed)
  await startUndoing(id, by)
  // A write that the database refuses ends the first run after its first batch.
  await asSuperuser(
    (psql) => psql`create function refuse() returns trigger language plpgsql as
    $$ begin raise exception 'no' using errcode = '57014'; end $$`,
  )
  await asSuperuser((psql) => psql`create trigger refuse before delete on products execute function refuse()`)
  await expect(undoImport(id)).rejects.toThrow()
  expect(await db.$count(importChanges, sql`import_id = ${id} and undone_at is not null`)).toBe(2)
  await asSuperuser((psql) => psql`drop trigger refuse on products`)
  await asSuperuser((psql) => psql`drop function refuse()`)
  await undoImport(id)
  expect(await getImport(id)).toMatchObject({ status: 'undone', undoneCount: 3 })
  expect(await catalog()).toEqual(before)
  await ledgerIsExact()
})

test('a product that the database refuses to change stays as it is, and does not stop the others', async () => {
  await importCsv(former)
  const id = await importCsv(changed)
  await asSuperuser(
    (psql) => psql`create function refuse() returns trigger language plpgsql as
    $$ begin raise exception 'no' using errcode = '23514'; end $$`,
  )
  await asSuperuser((psql) => psql`create trigger refuse before delete on products execute function refuse()`)
  expect(await undo(id)).toMatchObject({ status: 'undone', undoneCount: 2, keptCount: 1 })
  await asSuperuser((psql) => psql`drop trigger refuse on products`)
  await asSuperuser((psql) => psql`drop function refuse()`)
  expect(await listKept(id, 1)).toMatchObject([{ handle: 'vase', reason: 'refused' }])
})

async function addToCollection({ productId }: { productId: number }) {
  const [made] = await db
    .insert(collections)
    .values({ handle: 'new', title: 'New' })
    .returning({ id: collections.id })
  await db.insert(collectionProducts).values({ collectionId: made!.id, productId, position: 1 })
}
