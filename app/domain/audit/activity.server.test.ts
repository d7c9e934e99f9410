import { desc, eq, sql } from 'drizzle-orm'
import type postgres from 'postgres'
import { beforeEach, expect, test } from 'vitest'
import { addMembers, moveMember, removeMember } from '#app/domain/collections/collection-members.server.ts'
import { createCollection } from '#app/domain/collections/collection-editor.server.ts'
import { deleteProduct } from '#app/domain/products/delete-product.server.ts'
import { saveProduct } from '#app/domain/catalog/save-product.server.ts'
import { openProductForm } from '#tests/support/product-form.ts'
import { adjustStock } from '#app/domain/stock/adjust-stock.server.ts'
import { sendQueuedEmail } from '#app/domain/emails/send-email.server.ts'
import { markPaid } from '#app/domain/billing/mark-paid.server.ts'
import { auditedTransaction, db, transaction } from '#db/client.ts'
import { auditLog, emails, orders, products, sessions, users, variants } from '#db/schema/index.ts'
import {
  createOrder,
  createUser,
  createProduct,
  createProductWithOptions,
  now,
  createShop,
} from '#tests/support/cast.ts'
import { asSuperuser, databaseUrl } from '#tests/support/database.ts'
import { onDatabase } from '#tests/support/scratch.ts'
import { groupEntries, kindTables, hiddenColumns, tableLabels } from './activity.ts'
import { columnLabels } from './column-labels.ts'
import { listActivity, listActors, toLoggedRow } from './activity.server.ts'
import { findTargets } from './targets.server.ts'

let olga: number

beforeEach(async () => {
  olga = (await createShop()).olga
  began = (await newest())?.id ?? 0
})

let began: number

const newest = async () => (await db.select().from(auditLog).orderBy(desc(auditLog.id)).limit(1))[0]

/** The audit log entries since the test began, oldest first. */
async function listLoggedRows() {
  return db
    .select()
    .from(auditLog)
    .where(sql`${auditLog.id} > ${began}`)
    .orderBy(auditLog.id)
}

const everything = { actorId: null, kind: null, row: null, before: null }

test('a change logs its actor, its row and its values', async () => {
  const { productId } = await createProduct({ title: 'Pot' })
  await auditedTransaction(olga, (tx) =>
    tx.update(products).set({ title: 'Jar', vendor: 'Hill' }).where(eq(products.id, productId)),
  )
  expect(await listLoggedRows()).toMatchObject([
    {
      actorId: olga,
      actorName: 'Olga Hill',
      tableName: 'products',
      rowKey: String(productId),
      label: 'Jar',
      action: 'update',
      changes: { title: ['Pot', 'Jar'], vendor: ['', 'Hill'] },
    },
  ])
})

test('a change without effect, or one that is rolled back, is not logged', async () => {
  const { productId } = await createProduct({ title: 'Pot' })
  const rename = (title: string) =>
    auditedTransaction(olga, (tx) =>
      tx
        .update(products)
        .set({ title, updatedAt: sql`now()` })
        .where(eq(products.id, productId)),
    )
  await rename('Pot')
  await auditedTransaction(olga, async (tx) => {
    await tx.update(products).set({ title: 'Jar' }).where(eq(products.id, productId))
    throw new Error('no')
  }).catch(() => {})
  expect(await listLoggedRows()).toEqual([])
})

test('an insert is logged with its values, a delete with its former values', async () => {
  const made = await createCollection({
    ...{ title: 'Garden', handle: 'garden', description: '', parentId: null, position: 1, kind: 'manual' },
    ...{ match: 'all', rules: [], isShown: true, publishedAt: null, seoTitle: '', seoDescription: '' },
    ...{ now, by: olga },
  })
  if (!made.ok) throw new Error(made.reason)
  const { productId } = await createProduct({ title: 'Pot' })
  await deleteProduct(productId, olga)
  const rows = await listLoggedRows()
  expect(rows.map((row) => [row.action, row.tableName, row.label])).toEqual([
    ['insert', 'collections', 'Garden'],
    ['delete', 'products', 'Pot'],
    ['delete', 'variants', expect.any(String)],
  ])
  expect(rows[0]!.changes).toMatchObject({ title: [null, 'Garden'], handle: [null, 'garden'] })
  expect(rows[0]!.changes).not.toHaveProperty('description')
  expect(rows[1]!.changes).toMatchObject({ title: ['Pot', null] })
})

test('rows with a two-column key are distinguished, and of shifted rows only the moved one is logged', async () => {
  const made = await createCollection({
    ...{ title: 'Shelf', handle: '', description: '', parentId: null, position: 1, kind: 'manual' },
    ...{ match: 'all', rules: [], isShown: true, publishedAt: null, seoTitle: '', seoDescription: '' },
    ...{ now, by: olga },
  })
  if (!made.ok) throw new Error(made.reason)
  const { id } = made
  const pots = await Promise.all(['A', 'B', 'C', 'D'].map((title) => createProduct({ title })))
  await addMembers({ collectionId: id, productIds: pots.map(({ productId }) => productId), by: olga })
  const last = pots[3]!.productId
  began = (await newest())!.id
  await moveMember({ collectionId: id, productId: last, position: 1, by: olga })
  await removeMember({ collectionId: id, productId: last, by: olga })
  const row = { tableName: 'collection_products', rowKey: `${id}/${last}`, label: 'D in Shelf' }
  expect(await listLoggedRows()).toMatchObject([
    { ...row, action: 'update', changes: { position: [4, 1] } },
    { ...row, action: 'delete' },
  ])
})

test('secrets are never logged, whatever is written', async () => {
  const secret = 'LEAKED-SECRET'
  const { orderId } = await createOrder(await createProduct())
  began = (await newest())?.id ?? 0
  await auditedTransaction(olga, async (tx) => {
    const bytes = Buffer.from(secret)
    await tx.insert(users).values({
      ...{ email: 'secret@example.com', name: 'Sam', passwordHash: secret },
      totpSecret: Buffer.concat([bytes, Buffer.alloc(53 - bytes.length)]),
    })
    await tx
      .update(users)
      .set({ passwordHash: secret + 2 })
      .where(eq(users.email, 'secret@example.com'))
    await tx
      .update(orders)
      .set({ token: `${secret}-0123456789abcdef`, contentHash: bytes })
      .where(eq(orders.id, orderId))
    await tx
      .update(emails)
      .set({ html: secret, text: secret, dedupeKey: secret })
      .where(eq(emails.orderId, orderId))
    await tx.delete(sessions)
    await tx.delete(users).where(eq(users.email, 'secret@example.com'))
  })
  const rows = await listLoggedRows()
  expect(rows.map((row) => row.tableName)).toContain('users')
  const text = JSON.stringify(rows)
  expect(text).not.toContain(secret)
  expect(text).not.toContain(Buffer.from(secret).toString('hex'))
  const names = new Set(rows.flatMap(({ changes }) => Object.keys(changes)))
  for (const hidden of [
    'password_hash',
    'totp_secret',
    'totp_last_step',
    'token',
    'token_hash',
    'html',
    'text',
  ])
    expect(names).not.toContain(hidden)
})

test('the database refuses to change, delete or truncate the log, for the app and for a superuser', async () => {
  const { productId, variantId } = await createProduct()
  await adjustStock({ productId, variantId, shown: 10, stock: 11, reason: 'correction', note: '', by: olga })
  const address = await db.$count(auditLog)
  const attempts = [
    (psql: postgres.Sql) => psql`update audit_log set actor_name = 'Eve'`,
    (psql: postgres.Sql) => psql`delete from audit_log`,
    (psql: postgres.Sql) => psql`truncate audit_log`,
  ]
  for (const attempt of attempts) {
    await expect(asSuperuser(attempt)).rejects.toMatchObject({ message: 'audit_log is append-only' })
    await expect(onDatabase(databaseUrl, attempt)).rejects.toMatchObject({
      message: 'permission denied for table audit_log',
    })
  }
  expect(await db.$count(auditLog)).toBe(address)
})

test('changes by shoppers and jobs are not logged', async () => {
  const { orderId } = await createOrder(await createProduct())
  const [sentEmail] = await db.select({ id: emails.id }).from(emails).where(eq(emails.orderId, orderId))
  await sendQueuedEmail(sentEmail!.id)
  await transaction((tx) => tx.update(variants).set({ price: 1 }))
  await transaction((tx) => tx.execute(sql`update variants set price = 999`))
  expect(await listLoggedRows()).toEqual([])
})

test('the actor of one transaction does not apply to the next on the same connection', async () => {
  const { productId } = await createProduct()
  await Promise.all(
    Array.from({ length: 40 }, (_, index) =>
      index % 2 === 0
        ? auditedTransaction(olga, (tx) =>
            tx
              .update(products)
              .set({ vendor: `staff ${index}` })
              .where(eq(products.id, productId)),
          )
        : transaction((tx) =>
            tx
              .update(products)
              .set({ vendor: `job ${index}` })
              .where(eq(products.id, productId)),
          ),
    ),
  )
  const written = (await listLoggedRows()).map(({ changes }) => String(changes.vendor![1]))
  expect(written).toHaveLength(20)
  expect(written.every((vendor) => vendor.startsWith('staff'))).toBe(true)
})

test('changed options are shown with their old and new values', async () => {
  const { handle } = await createProductWithOptions({
    title: 'Shirt',
    optionNames: ['Size'],
    versions: [{ values: ['S'] }, { values: ['M'] }],
  })
  const [product] = await db.select().from(products).where(eq(products.handle, handle))
  const form = await openProductForm(product!.id)
  await saveProduct({ ...form, options: [{ name: 'Measure', values: ['S', 'M'], was: 0 }], by: olga })
  const { rows } = await listActivity({ ...everything, row: { table: 'products', key: String(product!.id) } })
  const [entry] = groupEntries(rows)
  expect(entry!.changedRows).toMatchObject([{ changes: { option_names: [['Size'], ['Measure']] } }])
  expect(JSON.stringify(entry)).not.toContain('\\u001f')
})

test('an order’s history includes related rows, and a product’s also its deleted variants', async () => {
  const { orderId } = await createOrder(await createProduct())
  await markPaid({ orderId, version: 1, reference: 'Statement 12', by: olga })
  const { rows } = await listActivity({ ...everything, row: { table: 'orders', key: String(orderId) } })
  expect(rows.map(({ tableName }) => tableName).sort()).toEqual([
    'emails',
    'invoices',
    'order_events',
    'order_events',
    'orders',
    'payments',
  ])

  const { productId, variantId } = await createProduct()
  await auditedTransaction(olga, (tx) =>
    tx.update(variants).set({ price: 5 }).where(eq(variants.id, variantId)),
  )
  await deleteProduct(productId, olga)
  const deleted = await listActivity({ ...everything, row: { table: 'products', key: String(productId) } })
  expect(deleted.rows.map((row) => [row.tableName, row.action])).toEqual([
    ['variants', 'delete'],
    ['products', 'delete'],
  ])
  expect(await findTargets(groupEntries(deleted.rows)[0]!.changedRows)).toEqual({})
})

test('the log is filtered by user and kind, and paged to its end', async () => {
  const ben = await createUser({ role: 'admin', name: 'Ben' })
  for (let index = 0; index < 70; index++) {
    const { productId, variantId } = await createProduct()
    await adjustStock({
      productId,
      variantId,
      shown: 10,
      stock: 11,
      reason: 'received',
      note: '',
      by: ben.id,
    })
  }
  const asked = { ...everything, actorId: ben.id }
  const first = await listActivity(asked)
  const second = await listActivity({ ...asked, before: first.older })
  expect([first.rows.length, second.rows.length, second.older]).toEqual([60, 10, null])
  expect((await listActivity({ ...asked, kind: 'orders' })).rows).toEqual([])
  expect((await listActivity({ ...asked, kind: 'catalog' })).rows).toHaveLength(60)
  expect(await listActors()).toContainEqual({ id: ben.id, name: 'Ben' })
  const targets = await findTargets(groupEntries(first.rows).flatMap(({ changedRows }) => changedRows))
  expect(Object.values(targets)[0]).toMatchObject({ permission: 'catalog' })
  expect(Object.keys(targets)).toHaveLength(60)
})

test('row references in URLs are parsed strictly', () => {
  expect(toLoggedRow('products/12')).toEqual({ table: 'products', key: '12' })
  for (const typed of [
    null,
    '',
    'products',
    'products/x',
    "products/1'",
    'pg_user/1',
    'products/1/2',
    'constructor/1',
  ])
    expect(toLoggedRow(typed), String(typed)).toBe(null)
})

test('every table and column in the log has a label, and every table a kind', async () => {
  const triggers = await db.execute<{ table: string; arguments: string }>(sql`
    select distinct c.relname as table, encode(t.tgargs, 'escape') as arguments from pg_trigger t
    join pg_class c on c.oid = t.tgrelid join pg_proc p on p.oid = t.tgfoid where p.proname = 'audit_rows'`)
  expect(Object.keys(tableLabels).sort()).toEqual([...new Set(triggers.map(({ table }) => table))].sort())
  expect(Object.values(kindTables).flat().sort()).toEqual(Object.keys(tableLabels).sort())
  const missing = []
  for (const { table, arguments: text } of triggers) {
    const hidden = `${text.split('\\000')[1]},version,created_at,updated_at`.split(',')
    const columns = await db.execute<{ name: string }>(
      sql`select column_name as name from information_schema.columns where table_schema = 'public' and table_name = ${table}`,
    )
    for (const { name } of columns)
      if (!hidden.includes(name) && !hiddenColumns.has(name) && !columnLabels[name])
        missing.push(`${table}.${name}`)
  }
  expect(missing).toEqual([])
})
