import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { db } from '#db/client.ts'
import { orders } from '#db/schema/index.ts'
import { adaOrders, aProduct, olgaOpensHerShop, stockBecomes } from '#tests/support/cast.ts'
import { databaseUrl, superuserUrl } from '#tests/support/database.ts'
import { closeStreams, grantsIn, listenTo, type OpenStream } from '#tests/support/event-stream.ts'
import { aVisitor, openCheckout, theOwner, theShop, useRunningShop } from '#tests/support/http-shop.ts'
import { startShop } from '#tests/support/running-shop.ts'
import { createVisitor, type Visitor } from '#tests/support/visitor.ts'

useRunningShop()

/** As somebody with psql would write, knowing nothing of the shop's code. */
let psql: postgres.Sql

beforeAll(() => {
  psql = postgres(superuserUrl, { max: 1, onnotice: () => {} })
})
afterEach(closeStreams)
afterAll(() => psql.end())

const isHello = ({ type }: { type: string }) => type === 'hello'
const isAbout = (topic: string) => (message: { data: Record<string, unknown> }) =>
  message.data.topic === topic

/** Opens a stream with what the page grants. */
async function listenAt(visitor: Visitor, page: string): Promise<OpenStream> {
  const grants = grantsIn((await visitor.get(page)).body)
  expect(grants, `grants of ${page}`).not.toEqual([])
  const stream = await listenTo(visitor, grants.map((text) => `grant=${text}`).join('&'))
  await stream.hears(isHello)
  return stream
}

/** A guest with something in the cart. */
async function aShopper(variantId?: number) {
  const shopper = aVisitor()
  await openCheckout(shopper, { variantId: variantId ?? (await aProduct()).variantId })
  const [cart] = await db.execute<{ id: string }>(sql`select max(id) as id from carts`)
  return { shopper, cartId: Number(cart!.id) }
}

const touch = (cartId: number) => psql`update carts set version = version + 1 where id = ${cartId}`

describe('what a stream hears', () => {
  test('a write from anywhere, within a second', async () => {
    const { shopper, cartId } = await aShopper()
    const stream = await listenAt(shopper, '/')
    const at = performance.now()
    await touch(cartId)
    const { data } = await stream.hears(isAbout(`cart:${cartId}`))
    expect(performance.now() - at).toBeLessThan(1_000)
    expect(data).toEqual({ topic: `cart:${cartId}`, kind: 'changed', version: 3 })
  })

  test('what happened between the page and the stream, and again what came after a lost connection', async () => {
    const { shopper, cartId } = await aShopper()
    const [grant] = grantsIn((await shopper.get('/')).body)
    await touch(cartId)
    const first = await listenTo(shopper, `grant=${grant}`)
    const { id } = await first.hears(isAbout(`cart:${cartId}`))
    first.close()
    await touch(cartId)
    const byHeader = await listenTo(shopper, `grant=${grant}`, { 'last-event-id': id })
    const byQuery = await listenTo(shopper, `after=${id}&heard=${grant}`)
    for (const stream of [byHeader, byQuery]) {
      const { data } = await stream.hears(isAbout(`cart:${cartId}`))
      expect(data.version).toBe(4)
    }
  })

  test('the facts of a product, for a visitor without a session too', async () => {
    const { olga } = await olgaOpensHerShop()
    const { productId, variantId, handle } = await aProduct({ stock: 10 })
    const stream = await listenAt(aVisitor(), `/products/${handle}`)
    await stockBecomes(variantId, 0, olga)
    const { data } = await stream.hears(isAbout(`product:${productId}`))
    expect(data).toMatchObject({ kind: 'facts', variants: [{ availability: { kind: 'sold-out' } }] })
  })

  test('a position of another process: read anew', async () => {
    const { shopper } = await aShopper()
    const [grant] = grantsIn((await shopper.get('/')).body)
    const stream = await listenTo(shopper, `grant=${grant}`, { 'last-event-id': 'another.5' })
    await stream.hears(isHello)
    expect(stream.messages.map(({ type }) => type)).toEqual(['resync', 'hello'])
  })
})

describe('what a stream never hears', () => {
  test('other people’s carts and orders, and what is for staff', async () => {
    const { shopper, cartId } = await aShopper()
    const stream = await listenAt(shopper, '/')
    const other = await aShopper()
    const { orderId } = await adaOrders({ variantId: (await aProduct()).variantId })
    await touch(other.cartId)
    await db
      .update(orders)
      .set({ version: sql`version + 1` })
      .where(sql`id = ${orderId}`)
    await touch(cartId)
    await stream.hears(isAbout(`cart:${cartId}`))
    expect(stream.messages.filter(({ type }) => type === 'message')).toHaveLength(1)
  })

  test('what a grant was changed to say, or what the grant of another browser says', async () => {
    const [{ shopper, cartId }, other] = [await aShopper(), await aShopper()]
    const [mine] = grantsIn((await shopper.get('/')).body)
    const [theirs] = grantsIn((await other.shopper.get('/')).body)
    const [ofStaff] = grantsIn((await (await theOwner()).get('/admin/orders')).body)
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
      expect(stream.messages).toMatchObject([{ type: 'bye', data: { reason: 'grants' } }])
    }
    // Beside a good one, a bad one is named and adds nothing.
    const both = await listenTo(shopper, `grant=${mine}&grant=${theirs}`)
    expect((await both.hears(isHello)).data).toEqual({ stale: [theirs!.slice(-32)] })
    await touch(other.cartId)
    await touch(cartId)
    await both.hears(isAbout(`cart:${cartId}`))
    expect(both.messages.some(isAbout(`cart:${other.cartId}`))).toBe(false)
    // Without the cookie the good one is worth nothing either.
    const stranger = await listenTo(aVisitor(), `grant=${mine}`)
    await stranger.hears(({ data }) => data.reason === 'grants')
  })

  test('anything, if another site asks, or if nothing was granted', async () => {
    const { shopper } = await aShopper()
    const [grant] = grantsIn((await shopper.get('/')).body)
    const ask = (headers: Record<string, string>) => listenTo(shopper, `grant=${grant}`, headers)
    await expect(ask({ 'sec-fetch-site': 'cross-site' })).rejects.toThrow('403')
    await expect(ask({ 'sec-fetch-site': 'same-site' })).rejects.toThrow('403')
    const plain = { cookie: `sid=${shopper.cookies.get('sid')}` }
    await expect(rawListen(`grant=${grant}`, { ...plain, origin: 'https://evil.example' })).rejects.toThrow(
      '403',
    )
    const own = await rawListen(`grant=${grant}`, { ...plain, origin: theShop().origin })
    await own.hears(isHello)
    const nothing = await listenTo(shopper, '')
    await nothing.hears(({ type }) => type === 'bye')
  })
})

/** A browser that says nothing about where a request comes from. */
const rawListen = (query: string, headers: Record<string, string>) =>
  listenTo({ origin: theShop().origin, cookies: new Map() }, query, { 'sec-fetch-site': '', ...headers })

test('the stream of a session that ends is out within a second, and does not come back', async () => {
  const owner = await theOwner()
  const grants = grantsIn((await owner.get('/admin/orders')).body)
  const stream = await listenTo(owner, `grant=${grants[0]}`)
  await stream.hears(isHello)
  const at = performance.now()
  await psql`delete from sessions where id = (select max(id) from sessions where user_id is not null)`
  await stream.ended
  expect(performance.now() - at).toBeLessThan(1_000)
  expect(stream.messages.at(-1)).toMatchObject({ type: 'bye', data: { reason: 'ended' } })

  // Not even by naming a position after the end, which any page tells.
  const { handle } = await aProduct()
  const [ofAll] = grantsIn((await aVisitor().get(`/products/${handle}`)).body)
  const after = ofAll!.split('~')[1]
  for (const query of [`grant=${grants[0]}`, `after=${after}&heard=${grants[0]}`]) {
    const again = await listenTo(owner, query)
    await again.ended
    expect(again.messages).toMatchObject([{ type: 'bye', data: { reason: 'ended' } }])
  }
})

test('a session that ends while nobody listens for it is found when the listener is back', async () => {
  const owner = await theOwner()
  const stream = await listenAt(owner, '/admin/orders')
  const { shopper } = await aShopper()
  const theirs = await listenAt(shopper, '/')
  await psql.begin(async (tx) => {
    // The trigger is silent, as a listener that is away would be deaf.
    await tx`set local session_replication_role = replica`
    await tx`delete from sessions where id = (select max(id) from sessions where user_id is not null)`
  })
  await endListener()
  await stream.ended
  expect(stream.messages.at(-1)).toMatchObject({ type: 'bye', data: { reason: 'ended' } })
  await theirs.hears(({ type }) => type === 'resync')
})

test('the listener’s connection is killed: streams are told to read anew, and nothing is lost after', async () => {
  const { shopper, cartId } = await aShopper()
  const stream = await listenAt(shopper, '/')
  await endListener()
  const { id } = await stream.hears(({ type }) => type === 'resync')
  await touch(cartId)
  await stream.hears(isAbout(`cart:${cartId}`))
  const again = await listenTo(shopper, `after=${id}&heard=${grantsIn((await shopper.get('/')).body)[0]}`)
  await again.hears(isAbout(`cart:${cartId}`))
})

async function endListener() {
  await psql`select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'till-listener' and datname = current_database() and query ilike 'listen%'`
}

test('SIGTERM sends every stream away, each to come back at a time of its own', async () => {
  const second = await startShop({ databaseUrl })
  const { handle } = await aProduct()
  const visitor = createVisitor(second.origin)
  const [grant] = grantsIn((await visitor.get(`/products/${handle}`)).body)
  const streams = await Promise.all(Array.from({ length: 12 }, () => listenTo(visitor, `grant=${grant}`)))
  await Promise.all(streams.map(({ hears }) => hears(isHello)))
  const at = performance.now()
  await Promise.all([second.stop(), ...streams.map(({ ended }) => ended)])
  expect(performance.now() - at).toBeLessThan(5_000)
  const retries = streams.map(({ messages }) => messages.at(-1)!)
  expect(retries.map(({ type }) => type)).toEqual(retries.map(() => 'bye'))
  expect(new Set(retries.map(({ data }) => data.retry)).size).toBeGreaterThan(6)
})

test('two processes on one database: both hear, and a page of the one is read anew at the other', async () => {
  const second = await startShop({ databaseUrl })
  const { shopper, cartId } = await aShopper()
  const there = createVisitor(second.origin, { cookies: Object.fromEntries(shopper.cookies) })
  const [here, elsewhere] = [await listenAt(shopper, '/'), await listenAt(there, '/')]
  await touch(cartId)
  await Promise.all([here, elsewhere].map(({ hears }) => hears(isAbout(`cart:${cartId}`))))
  const [grant] = grantsIn((await shopper.get('/')).body)
  const moved = await listenTo(there, `grant=${grant}`)
  await moved.hears(({ type }) => type === 'resync')
  closeStreams()
  await second.stop()
})
