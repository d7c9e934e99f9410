import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { db } from '#db/client.ts'
import { orders } from '#db/schema/index.ts'
import { createOrder, createProduct, createShop, setStock } from '#tests/support/cast.ts'
import { databaseUrl, superuserUrl } from '#tests/support/database.ts'
import { closeStreams, grantsIn, listenTo, type OpenStream } from '#tests/support/event-stream.ts'
import { newVisitor, openCheckout, signedInOwner, getShop, useRunningShop } from '#tests/support/http-shop.ts'
import { startShop } from '#tests/support/running-shop.ts'
import { createVisitor, type Visitor } from '#tests/support/visitor.ts'

useRunningShop()

/** An outside client like psql, without the shop's code. */
let psql: postgres.Sql

beforeAll(() => {
  psql = postgres(superuserUrl, { max: 1, onnotice: () => {} })
})
afterEach(closeStreams)
afterAll(() => psql.end())

const isHello = ({ type }: { type: string }) => type === 'hello'
const isAbout = (topic: string) => (message: { data: Record<string, unknown> }) =>
  message.data.topic === topic

/** Opens a stream with the page's grant. */
async function listenAt(visitor: Visitor, page: string): Promise<OpenStream> {
  const grants = grantsIn((await visitor.get(page)).body)
  expect(grants, `grants of ${page}`).not.toEqual([])
  const stream = await listenTo(visitor, grants.map((text) => `grant=${text}`).join('&'))
  await stream.receives(isHello)
  return stream
}

/** A guest with something in the cart. */
async function createShopper(variantId?: number) {
  const shopper = newVisitor()
  await openCheckout(shopper, { variantId: variantId ?? (await createProduct()).variantId })
  const [cart] = await db.execute<{ id: string }>(sql`select max(id) as id from carts`)
  return { shopper, cartId: Number(cart!.id) }
}

const touch = (cartId: number) => psql`update carts set version = version + 1 where id = ${cartId}`

describe('a stream receives', () => {
  test('any write, within a second', async () => {
    const { shopper, cartId } = await createShopper()
    const stream = await listenAt(shopper, '/')
    const at = performance.now()
    await touch(cartId)
    const { data } = await stream.receives(isAbout(`cart:${cartId}`))
    expect(performance.now() - at).toBeLessThan(1_000)
    expect(data).toEqual({ topic: `cart:${cartId}`, kind: 'changed', version: 3 })
  })

  test('announcements between page and stream, and after a lost connection', async () => {
    const { shopper, cartId } = await createShopper()
    const [grant] = grantsIn((await shopper.get('/')).body)
    await touch(cartId)
    const first = await listenTo(shopper, `grant=${grant}`)
    const { id } = await first.receives(isAbout(`cart:${cartId}`))
    first.close()
    await touch(cartId)
    const byHeader = await listenTo(shopper, `grant=${grant}`, { 'last-event-id': id })
    const byQuery = await listenTo(shopper, `after=${id}&subscribed=${grant}`)
    for (const stream of [byHeader, byQuery]) {
      const { data } = await stream.receives(isAbout(`cart:${cartId}`))
      expect(data.version).toBe(4)
    }
  })

  test('the data of a product, also without a session', async () => {
    const { olga } = await createShop()
    const { productId, variantId, handle } = await createProduct({ stock: 10 })
    const stream = await listenAt(newVisitor(), `/products/${handle}`)
    await setStock(variantId, 0, olga)
    const { data } = await stream.receives(isAbout(`product:${productId}`))
    expect(data).toMatchObject({ kind: 'facts', variants: [{ availability: { kind: 'sold-out' } }] })
  })

  test('a resync for a position of another process', async () => {
    const { shopper } = await createShopper()
    const [grant] = grantsIn((await shopper.get('/')).body)
    const stream = await listenTo(shopper, `grant=${grant}`, { 'last-event-id': 'another.5' })
    await stream.receives(isHello)
    expect(stream.messages.map(({ type }) => type)).toEqual(['resync', 'hello'])
  })
})

describe('a stream never receives', () => {
  test('other users’ carts and orders, or staff topics', async () => {
    const { shopper, cartId } = await createShopper()
    const stream = await listenAt(shopper, '/')
    const other = await createShopper()
    const { orderId } = await createOrder({ variantId: (await createProduct()).variantId })
    await touch(other.cartId)
    await db
      .update(orders)
      .set({ version: sql`version + 1` })
      .where(sql`id = ${orderId}`)
    await touch(cartId)
    await stream.receives(isAbout(`cart:${cartId}`))
    expect(stream.messages.filter(({ type }) => type === 'message')).toHaveLength(1)
  })

  test('topics of a modified grant, or of another browser’s grant', async () => {
    const [{ shopper, cartId }, other] = [await createShopper(), await createShopper()]
    const [mine] = grantsIn((await shopper.get('/')).body)
    const [theirs] = grantsIn((await other.shopper.get('/')).body)
    const [ofStaff] = grantsIn((await (await signedInOwner()).get('/admin/orders')).body)
    const tries = [
      mine!.replace(`cart:${cartId}`, `cart:${other.cartId}`),
      mine!.replace(`cart:${cartId}`, 'admin'),
      mine!.replace(/~\d+~cart/, '~~cart'),
      theirs!,
      ofStaff!,
    ]
    for (const text of tries) {
      const stream = await listenTo(shopper, `grant=${text}`)
      await stream.ended
      expect(stream.messages).toMatchObject([{ type: 'close', data: { reason: 'grants' } }])
    }
    // Together with a valid grant, an invalid one is reported and adds nothing.
    const both = await listenTo(shopper, `grant=${mine}&grant=${theirs}`)
    expect((await both.receives(isHello)).data).toEqual({ stale: [theirs!.slice(-32)] })
    await touch(other.cartId)
    await touch(cartId)
    await both.receives(isAbout(`cart:${cartId}`))
    expect(both.messages.some(isAbout(`cart:${other.cartId}`))).toBe(false)
    // Without the cookie the valid grant is refused, too.
    const anonymous = await listenTo(newVisitor(), `grant=${mine}`)
    await anonymous.receives(({ data }) => data.reason === 'grants')
  })

  test('anything, when another site requests it, or when nothing was granted', async () => {
    const { shopper } = await createShopper()
    const [grant] = grantsIn((await shopper.get('/')).body)
    const ask = (headers: Record<string, string>) => listenTo(shopper, `grant=${grant}`, headers)
    await expect(ask({ 'sec-fetch-site': 'cross-site' })).rejects.toThrow('403')
    await expect(ask({ 'sec-fetch-site': 'same-site' })).rejects.toThrow('403')
    const plain = { cookie: `sid=${shopper.cookies.get('sid')}` }
    await expect(rawListen(`grant=${grant}`, { ...plain, origin: 'https://evil.example' })).rejects.toThrow(
      '403',
    )
    const own = await rawListen(`grant=${grant}`, { ...plain, origin: getShop().origin })
    await own.receives(isHello)
    const nothing = await listenTo(shopper, '')
    await nothing.receives(({ type }) => type === 'close')
  })
})

/** A browser that sends no origin headers. */
const rawListen = (query: string, headers: Record<string, string>) =>
  listenTo({ origin: getShop().origin, cookies: new Map() }, query, { 'sec-fetch-site': '', ...headers })

test('the stream of an ended session is closed within a second, and does not reconnect', async () => {
  const owner = await signedInOwner()
  const grants = grantsIn((await owner.get('/admin/orders')).body)
  const stream = await listenTo(owner, `grant=${grants[0]}`)
  await stream.receives(isHello)
  const at = performance.now()
  await psql`delete from sessions where id = (select max(id) from sessions where user_id is not null)`
  await stream.ended
  expect(performance.now() - at).toBeLessThan(1_000)
  expect(stream.messages.at(-1)).toMatchObject({ type: 'close', data: { reason: 'ended' } })

  // Not even with a position after the end, which any page contains.
  const { handle } = await createProduct()
  const [ofAll] = grantsIn((await newVisitor().get(`/products/${handle}`)).body)
  const after = ofAll!.split('~')[1]
  for (const query of [`grant=${grants[0]}`, `after=${after}&subscribed=${grants[0]}`]) {
    const again = await listenTo(owner, query)
    await again.ended
    expect(again.messages).toMatchObject([{ type: 'close', data: { reason: 'ended' } }])
  }
})

test('a session that ends while the listener is disconnected is found when it reconnects', async () => {
  const owner = await signedInOwner()
  const stream = await listenAt(owner, '/admin/orders')
  const { shopper } = await createShopper()
  const theirs = await listenAt(shopper, '/')
  await psql.begin(async (tx) => {
    // Disables the trigger, like a listener that is not connected.
    await tx`set local session_replication_role = replica`
    await tx`delete from sessions where id = (select max(id) from sessions where user_id is not null)`
  })
  await endListener()
  await stream.ended
  expect(stream.messages.at(-1)).toMatchObject({ type: 'close', data: { reason: 'ended' } })
  await theirs.receives(({ type }) => type === 'resync')
})

test('when the listener’s connection is killed, streams get a resync and lose nothing afterwards', async () => {
  const { shopper, cartId } = await createShopper()
  const stream = await listenAt(shopper, '/')
  await endListener()
  const { id } = await stream.receives(({ type }) => type === 'resync')
  await touch(cartId)
  await stream.receives(isAbout(`cart:${cartId}`))
  const again = await listenTo(
    shopper,
    `after=${id}&subscribed=${grantsIn((await shopper.get('/')).body)[0]}`,
  )
  await again.receives(isAbout(`cart:${cartId}`))
})

async function endListener() {
  await psql`select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'till-listener' and datname = current_database() and query ilike 'listen%'`
}

test('SIGTERM closes every stream with a retry delay of its own', async () => {
  const second = await startShop({ databaseUrl })
  const { handle } = await createProduct()
  const visitor = createVisitor(second.origin)
  const [grant] = grantsIn((await visitor.get(`/products/${handle}`)).body)
  const streams = await Promise.all(Array.from({ length: 12 }, () => listenTo(visitor, `grant=${grant}`)))
  await Promise.all(streams.map(({ receives }) => receives(isHello)))
  const at = performance.now()
  await Promise.all([second.stop(), ...streams.map(({ ended }) => ended)])
  expect(performance.now() - at).toBeLessThan(5_000)
  const retries = streams.map(({ messages }) => messages.at(-1)!)
  expect(retries.map(({ type }) => type)).toEqual(retries.map(() => 'close'))
  expect(new Set(retries.map(({ data }) => data.retry)).size).toBeGreaterThan(6)
})

test('two processes on one database both receive announcements, and a page of one gets a resync from the other', async () => {
  const second = await startShop({ databaseUrl })
  const { shopper, cartId } = await createShopper()
  const there = createVisitor(second.origin, { cookies: Object.fromEntries(shopper.cookies) })
  const [here, elsewhere] = [await listenAt(shopper, '/'), await listenAt(there, '/')]
  await touch(cartId)
  await Promise.all([here, elsewhere].map(({ receives }) => receives(isAbout(`cart:${cartId}`))))
  const [grant] = grantsIn((await shopper.get('/')).body)
  const moved = await listenTo(there, `grant=${grant}`)
  await moved.receives(({ type }) => type === 'resync')
  closeStreams()
  await second.stop()
})
