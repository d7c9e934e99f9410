import { desc, eq, sql } from 'drizzle-orm'
import type postgres from 'postgres'
import { beforeEach, expect, test } from 'vitest'
import { addMembers, placeMember, removeMember } from '#app/domain/catalog/collection-members.server.ts'
import { createCollection } from '#app/domain/catalog/collection-editor.server.ts'
import { deleteProduct } from '#app/domain/catalog/delete-product.server.ts'
import { setOptions } from '#app/domain/catalog/set-options.server.ts'
import { correctStock } from '#app/domain/catalog/stock-correction.server.ts'
import { sendQueuedMail } from '#app/domain/mail/send-mail.server.ts'
import { markPaid } from '#app/domain/orders/mark-paid.server.ts'
import { auditedTransaction, db, transaction } from '#db/client.ts'
import { auditLog, mails, orders, products, sessions, users, variants } from '#db/schema/index.ts'
import {
  adaOrders,
  aPerson,
  aProduct,
  aProductInVersions,
  now,
  olgaOpensHerShop,
} from '#tests/support/cast.ts'
import { asSuperuser, databaseUrl } from '#tests/support/database.ts'
import { onDatabase } from '#tests/support/scratch.ts'
import { foldEntries, kindTables, silentColumns, thingText } from './activity.ts'
import { columnText } from './activity-words.ts'
import { listActivity, listActors, loggedRowOf } from './activity.server.ts'
import { findTargets } from './targets.server.ts'

let olga: number

beforeEach(async () => {
  olga = (await olgaOpensHerShop()).olga
  began = (await newest())?.id ?? 0
})

let began: number

const newest = async () => (await db.select().from(auditLog).orderBy(desc(auditLog.id)).limit(1))[0]

/** What was logged since the test began, oldest first. */
async function logged() {
  return db
    .select()
    .from(auditLog)
    .where(sql`${auditLog.id} > ${began}`)
    .orderBy(auditLog.id)
}

const everything = { actorId: null, kind: null, row: null, before: null }

test('a change names who made it, what it was, and what it is', async () => {
  const { productId } = await aProduct({ title: 'Pot' })
  await auditedTransaction(olga, (tx) =>
    tx.update(products).set({ title: 'Jar', vendor: 'Hill' }).where(eq(products.id, productId)),
  )
  expect(await logged()).toMatchObject([
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

test('a change that changes nothing, or is rolled back, is not in the log', async () => {
  const { productId } = await aProduct({ title: 'Pot' })
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
  expect(await logged()).toEqual([])
})

test('what is added is logged with what it holds, what is deleted with what it held', async () => {
  const made = await createCollection({
    ...{ title: 'Garden', handle: 'garden', description: '', parentId: null, position: 1, kind: 'manual' },
    ...{ match: 'all', rules: [], isShown: true, publishedAt: null, seoTitle: '', seoDescription: '' },
    ...{ now, by: olga },
  })
  if (!made.ok) throw new Error(made.reason)
  const { productId } = await aProduct({ title: 'Pot' })
  await deleteProduct(productId, olga)
  const rows = await logged()
  expect(rows.map((row) => [row.action, row.tableName, row.label])).toEqual([
    ['insert', 'collections', 'Garden'],
    ['delete', 'products', 'Pot'],
    ['delete', 'variants', expect.any(String)],
  ])
  expect(rows[0]!.changes).toMatchObject({ title: [null, 'Garden'], handle: [null, 'garden'] })
  expect(rows[0]!.changes).not.toHaveProperty('description')
  expect(rows[1]!.changes).toMatchObject({ title: ['Pot', null] })
})

test('rows with a key of two columns are told apart, and of those that make room one is logged', async () => {
  const made = await createCollection({
    ...{ title: 'Shelf', handle: '', description: '', parentId: null, position: 1, kind: 'manual' },
    ...{ match: 'all', rules: [], isShown: true, publishedAt: null, seoTitle: '', seoDescription: '' },
    ...{ now, by: olga },
  })
  if (!made.ok) throw new Error(made.reason)
  const { id } = made
  const pots = await Promise.all(['A', 'B', 'C', 'D'].map((title) => aProduct({ title })))
  await addMembers({ collectionId: id, productIds: pots.map(({ productId }) => productId), by: olga })
  const last = pots[3]!.productId
  began = (await newest())!.id
  await placeMember({ collectionId: id, productId: last, position: 1, by: olga })
  await removeMember({ collectionId: id, productId: last, by: olga })
  const row = { tableName: 'collection_products', rowKey: `${id}/${last}`, label: 'D in Shelf' }
  expect(await logged()).toMatchObject([
    { ...row, action: 'update', changes: { position: [4, 1] } },
    { ...row, action: 'delete' },
  ])
})

test('no secret gets into the log, whatever is written', async () => {
  const secret = 'LEAKED-SECRET'
  const { orderId } = await adaOrders(await aProduct())
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
      .update(mails)
      .set({ html: secret, text: secret, dedupeKey: secret })
      .where(eq(mails.orderId, orderId))
    await tx.delete(sessions)
    await tx.delete(users).where(eq(users.email, 'secret@example.com'))
  })
  const rows = await logged()
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

test('the database refuses to change, delete or empty the log, to the shop and to a superuser', async () => {
  const { productId, variantId } = await aProduct()
  await correctStock({ productId, variantId, shown: 10, stock: 11, reason: 'correction', note: '', by: olga })
  const kept = await db.$count(auditLog)
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
  expect(await db.$count(auditLog)).toBe(kept)
})

test('what shoppers and jobs write is not in the log', async () => {
  const { orderId } = await adaOrders(await aProduct())
  const [mail] = await db.select({ id: mails.id }).from(mails).where(eq(mails.orderId, orderId))
  await sendQueuedMail(mail!.id)
  await transaction((tx) => tx.update(variants).set({ price: 1 }))
  await transaction((tx) => tx.execute(sql`update variants set price = 999`))
  expect(await logged()).toEqual([])
})

test('the actor of one transaction is not the actor of the next on the same connection', async () => {
  const { productId } = await aProduct()
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
  const written = (await logged()).map(({ changes }) => String(changes.vendor![1]))
  expect(written).toHaveLength(20)
  expect(written.every((vendor) => vendor.startsWith('staff'))).toBe(true)
})

test('changed options are shown as what they were and are', async () => {
  const { handle } = await aProductInVersions({
    title: 'Shirt',
    optionNames: ['Size'],
    versions: [{ values: ['S'] }, { values: ['M'] }],
  })
  const [product] = await db.select().from(products).where(eq(products.handle, handle))
  await setOptions({
    ...{ productId: product!.id, version: 1, fillGaps: false, removals: 0, by: olga },
    options: [{ name: 'Measure', values: ['S', 'M'], was: 0 }],
  })
  const { rows } = await listActivity({ ...everything, row: { table: 'products', key: String(product!.id) } })
  const [entry] = foldEntries(rows)
  expect(entry!.things).toMatchObject([{ changes: { option_names: [['Size'], ['Measure']] } }])
  expect(JSON.stringify(entry)).not.toContain('\\u001f')
})

test('the history of an order holds what belongs to it, and of a product also its deleted variants', async () => {
  const { orderId } = await adaOrders(await aProduct())
  await markPaid(orderId, { version: 1, reference: 'Statement 12' }, olga)
  const { rows } = await listActivity({ ...everything, row: { table: 'orders', key: String(orderId) } })
  expect(rows.map(({ tableName }) => tableName).sort()).toEqual([
    'mails',
    'order_events',
    'orders',
    'payments',
  ])

  const { productId, variantId } = await aProduct()
  await auditedTransaction(olga, (tx) =>
    tx.update(variants).set({ price: 5 }).where(eq(variants.id, variantId)),
  )
  await deleteProduct(productId, olga)
  const gone = await listActivity({ ...everything, row: { table: 'products', key: String(productId) } })
  expect(gone.rows.map((row) => [row.tableName, row.action])).toEqual([
    ['variants', 'delete'],
    ['products', 'delete'],
  ])
  expect(await findTargets(foldEntries(gone.rows)[0]!.things)).toEqual({})
})

test('the log is filtered by person and kind, and walked to its end by links', async () => {
  const ben = await aPerson({ role: 'admin', name: 'Ben' })
  for (let index = 0; index < 70; index++) {
    const { productId, variantId } = await aProduct()
    await correctStock({
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
  expect((await listActivity({ ...asked, kind: 'catalogue' })).rows).toHaveLength(60)
  expect(await listActors()).toContainEqual({ id: ben.id, name: 'Ben' })
  const targets = await findTargets(foldEntries(first.rows).flatMap(({ things }) => things))
  expect(Object.values(targets)[0]).toMatchObject({ area: 'catalogue' })
  expect(Object.keys(targets)).toHaveLength(60)
})

test('addresses of rows are read strictly', () => {
  expect(loggedRowOf('products/12')).toEqual({ table: 'products', key: '12' })
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
    expect(loggedRowOf(typed), String(typed)).toBe(null)
})

test('every table and column that can be in the log has words, and every table a kind', async () => {
  const triggers = await db.execute<{ table: string; arguments: string }>(sql`
    select distinct c.relname as table, encode(t.tgargs, 'escape') as arguments from pg_trigger t
    join pg_class c on c.oid = t.tgrelid join pg_proc p on p.oid = t.tgfoid where p.proname = 'audit_rows'`)
  expect(Object.keys(thingText).sort()).toEqual([...new Set(triggers.map(({ table }) => table))].sort())
  expect(Object.values(kindTables).flat().sort()).toEqual(Object.keys(thingText).sort())
  const missing = []
  for (const { table, arguments: text } of triggers) {
    const hidden = `${text.split('\\000')[1]},version,created_at,updated_at`.split(',')
    const columns = await db.execute<{ name: string }>(
      sql`select column_name as name from information_schema.columns where table_schema = 'public' and table_name = ${table}`,
    )
    for (const { name } of columns)
      if (!hidden.includes(name) && !silentColumns.has(name) && !columnText[name])
        missing.push(`${table}.${name}`)
  }
  expect(missing).toEqual([])
})
