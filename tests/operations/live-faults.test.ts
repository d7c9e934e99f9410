import { randomInt, randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { db } from '#db/client.ts'
import { createProduct } from '#tests/support/cast.ts'
import { databaseUrl } from '#tests/support/database.ts'
import { grantsIn, listenTo } from '#tests/support/event-stream.ts'
import { newVisitor, openCheckout, getMetrics, getShop, useRunningShop } from '#tests/support/http-shop.ts'
import { LiveReader } from '#tests/support/live-reader.ts'
import { createRandom } from '#tests/support/random.ts'
import { type RunningShop, startShop } from '#tests/support/running-shop.ts'
import { hiddenFields } from '#tests/support/visitor.ts'

useRunningShop()

/** An outside client like psql, without the shop's code. */
let psql: postgres.Sql
const readers: LiveReader[] = []
const others: RunningShop[] = []

beforeAll(() => {
  psql = postgres(databaseUrl, { max: 6, onnotice: () => {} })
})
afterEach(async () => {
  for (const reader of readers.splice(0)) reader.close()
  for (const shop of others.splice(0)) await shop.stop()
})
afterAll(() => psql.end())

type Guest = { cookies: Record<string, string>; cartId: number; variantId: number; csrf: string }
type Shelf = { productId: number; variantId: number; handle: string }

async function createOnlineGuest(): Promise<Guest> {
  const guest = newVisitor()
  const { variantId } = await createProduct({ stock: 900 })
  await openCheckout(guest, { variantId })
  const { csrf } = hiddenFields((await guest.get('/cart')).body, '/theme')
  const [cart] = await db.execute<{ id: string }>(sql`select max(id) as id from carts`)
  return { cookies: Object.fromEntries(guest.cookies), cartId: Number(cart!.id), variantId, csrf: csrf! }
}

async function listen(origin: string, cookies: Record<string, string>, page: string): Promise<LiveReader> {
  const reader = new LiveReader(origin, cookies, page)
  readers.push(reader)
  await reader.open()
  return reader
}

/**
 * Resolves when all readers have received everything announced so far: announcements arrive in commit order, so a
 * reader that has received the last one has received the others. A reader that reloads just then receives the next one.
 */
async function allReceived(): Promise<void> {
  for (let round = 0; round < 30; round += 1) {
    const marker = `marker-${randomUUID()}`
    await psql`select pg_notify('till', ${JSON.stringify({ topic: 'catalog', kind: 'many', marker })})`.catch(
      () => {},
    )
    const received = await Promise.all(readers.map((reader) => reader.receives(marker, 1_000)))
    if (received.every(Boolean)) return
  }
  throw new Error('A reader receives no announcements')
}

/** Compares what the readers know with the tables. */
async function differences(
  carts: { reader: LiveReader; cartId: number }[],
  prices: { reader: LiveReader; variantId: number }[],
): Promise<string[]> {
  const wrong = []
  for (const { reader, cartId } of carts) {
    const [row] = await psql`select version from carts where id = ${cartId}`
    const known = reader.versions.get(`cart:${cartId}`)
    if (known !== row!.version) wrong.push(`cart ${cartId}: ${known} instead of ${row!.version}`)
  }
  for (const { reader, variantId } of prices) {
    const [row] = await psql`select price::int from variants where id = ${variantId}`
    if (reader.price !== row!.price)
      wrong.push(`variant ${variantId}: ${reader.price} instead of ${row!.price}`)
  }
  return wrong
}

/** One random write of the given kinds; some are rolled back. */
async function randomWrite(
  random: (below: number) => number,
  origins: string[],
  guests: Guest[],
  shelf: Shelf[],
  ways: 'all' | 'http',
): Promise<void> {
  const guest = guests[random(guests.length)]!
  const { variantId, productId } = shelf[random(shelf.length)]!
  const price = 100 + random(900_000)
  switch (ways === 'http' ? 5 : random(6)) {
    case 0:
      await psql`update carts set version = version + 1 where id = ${guest.cartId}`
      return
    case 1:
      await psql
        .begin(async (tx) => {
          await tx`update carts set version = version + 1 where id = ${guest.cartId}`
          await tx`update variants set price = ${price} where id = ${variantId}`
          throw new Error('undone')
        })
        .catch(() => {})
      return
    case 2:
      await psql.begin(async (tx) => {
        await tx
          .savepoint(async (inner) => {
            await inner`update carts set version = version + 1 where id = ${guest.cartId}`
            throw new Error('undone')
          })
          .catch(() => {})
        await tx`update carts set version = version + 1 where id = ${guest.cartId}`
      })
      return
    case 3:
    case 4:
      await psql.begin(async (tx) => {
        await tx`update variants set price = ${price} where id = ${variantId}`
        await tx`update products set price_min = ${price}, price_max = ${price} where id = ${productId}`
      })
      return
    default: {
      const quantity = String(1 + random(20))
      const origin = origins[random(origins.length)]!
      await fetch(`${origin}/cart/lines/${guest.variantId}`, {
        method: 'POST',
        redirect: 'manual',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'sec-fetch-site': 'same-origin',
          cookie: `sid=${guest.cookies.sid}`,
        },
        body: new URLSearchParams({ csrf: guest.csrf, quantity }),
      }).then((response) => response.body?.cancel())
    }
  }
}

/** Two guests with two pages each, and two products with two readers each, spread over these processes. */
async function createReaders(origins: string[]) {
  const guests = [await createOnlineGuest(), await createOnlineGuest()]
  const shelf = [await createProduct({ price: 500 }), await createProduct({ price: 700 })]
  const carts = []
  const prices = []
  for (const origin of origins) {
    for (const { cookies, cartId } of guests)
      carts.push({ reader: await listen(origin, cookies, '/collections/all'), cartId })
    for (const { handle, variantId } of shelf)
      prices.push({ reader: await listen(origin, {}, `/products/${handle}`), variantId })
  }
  return { guests, shelf, carts, prices }
}

/** Writes until `work` is done, with four concurrent writers. */
async function whileWriting(
  allReaders: Awaited<ReturnType<typeof createReaders>>,
  origins: string[],
  work: () => Promise<void>,
  ways: 'all' | 'http' = 'all',
): Promise<void> {
  const seed = randomInt(2 ** 31)
  console.log(`Seed ${seed}`)
  let isOver = false
  const hands = Array.from({ length: 4 }, async (_, hand) => {
    const { below: random } = createRandom(seed + hand)
    while (!isOver) {
      await randomWrite(random, origins, allReaders.guests, allReaders.shelf, ways).catch(() => {})
    }
  })
  await work()
  isOver = true
  await Promise.all(hands)
}

const enough = (count: () => number, atLeast: number) =>
  expect.poll(count, { timeout: 30_000, interval: 20 }).toBeGreaterThanOrEqual(atLeast)

test('three processes with all kinds of writers: in the end every page matches the tables', async () => {
  others.push(await startShop({ databaseUrl }), await startShop({ databaseUrl }))
  const origins = [getShop().origin, ...others.map(({ origin }) => origin)]
  const allReaders = await createReaders(origins)
  const before = allReaders.carts.map(({ reader, cartId }) => reader.versions.get(`cart:${cartId}`)!)
  await whileWriting(allReaders, origins, () =>
    enough(
      () => allReaders.carts[0]!.reader.versions.get(`cart:${allReaders.carts[0]!.cartId}`)! - before[0]!,
      60,
    ),
  )
  await allReceived()
  expect(await differences(allReaders.carts, allReaders.prices)).toEqual([])
  // They got it from the streams, each commit in order, and not from a reloaded page.
  expect(readers.map(({ rereads }) => rereads)).toEqual(readers.map(() => 0))
  for (const { reader, cartId } of allReaders.carts) {
    const received = reader.received
      .filter(({ topic }) => topic === `cart:${cartId}`)
      .map(({ version }) => version)
    expect(received.length).toBeGreaterThan(30)
    expect(received).toEqual(received.map((_, index) => received[0]! + index))
  }
}, 90_000)

describe('no announcement is lost', () => {
  test('while the listener’s connection is killed repeatedly', async () => {
    const origins = [getShop().origin]
    const allReaders = await createReaders(origins)
    await whileWriting(allReaders, origins, async () => {
      for (let time = 1; time <= 5; time += 1) {
        await endListeners()
        await enough(() => Math.min(...readers.map(({ rereads }) => rereads)), time)
      }
    })
    await allReceived()
    expect(await differences(allReaders.carts, allReaders.prices)).toEqual([])
  }, 90_000)

  test('while the listener’s connection hangs', async () => {
    const allReaders = await createReaders([getShop().origin])
    const [{ reader, cartId }] = allReaders.carts as [(typeof allReaders.carts)[0]]
    const pid = await listenerPid()
    process.kill(pid, 'SIGSTOP')
    try {
      await psql`update carts set version = version + 1 where id = ${cartId}`
      const [row] = await psql`select version from carts where id = ${cartId}`
      await enough(() => reader.versions.get(`cart:${cartId}`)!, Number(row!.version))
    } finally {
      process.kill(pid, 'SIGCONT')
    }
    expect(reader.rereads).toBeGreaterThan(0)
    await allReceived()
    expect(await differences(allReaders.carts, allReaders.prices)).toEqual([])
  }, 60_000)

  test('when PostgreSQL crashes and recovers, and streams resume within two seconds of that', async () => {
    const origins = [getShop().origin]
    const allReaders = await createReaders(origins)
    const took: number[] = []
    for (let round = 0; round < 3 && !took.some((ms) => ms < 2_000); round += 1)
      await whileWriting(
        allReaders,
        origins,
        async () => {
          // A killed backend terminates all others.
          process.kill(await listenerPid(), 'SIGKILL')
          const backAt = await findRecoveryTime()
          await allReceived()
          took.push(performance.now() - backAt)
        },
        'http',
      )
    expect(Math.min(...took), `milliseconds: ${took.map(Math.round).join(', ')}`).toBeLessThan(2_000)
    await allReceived()
    console.log(`Streams heard again after ${took.map(Math.round).join(', ')} ms`)
    expect(await differences(allReaders.carts, allReaders.prices)).toEqual([])
  }, 120_000)

  test('when the process is killed with its streams, and another replaces it', async () => {
    const second = await startShop({ databaseUrl })
    others.push(second)
    const allReaders = await createReaders([second.origin])
    await whileWriting(allReaders, [getShop().origin], async () => {
      await second.kill()
      const { port } = new URL(second.origin)
      others.splice(
        0,
        others.length,
        await startShop({ databaseUrl }, { PORT: port, APP_ORIGIN: second.origin }),
      )
      await enough(() => Math.min(...readers.map(({ rereads }) => rereads)), 1)
    })
    await allReceived()
    expect(await differences(allReaders.carts, allReaders.prices)).toEqual([])
  }, 90_000)
})

async function listenerPid(): Promise<number> {
  const [backend] = await psql`select pid from pg_stat_activity
    where application_name = 'till-listener' and datname = current_database() and query ilike 'listen%'`
  return Number(backend!.pid)
}

/** The time when a new connection first succeeded again, after one that failed. */
async function findRecoveryTime(): Promise<number> {
  let wasAway = false
  for (;;) {
    const asking = postgres(databaseUrl, { max: 1, onnotice: () => {}, connect_timeout: 1 })
    const isThere = await asking`select 1`.then(
      () => true,
      () => false,
    )
    await asking.end({ timeout: 0 })
    if (isThere && wasAway) return performance.now()
    wasAway ||= !isThere
  }
}

test('every closed stream is detected: two hundred readers leave, and none is counted', async () => {
  const counted = async () => Number(/^till_event_streams (\d+)/m.exec(await getMetrics())![1])
  const before = await counted()
  const { handle } = await createProduct()
  const grants = grantsIn((await newVisitor().get(`/products/${handle}`)).body)
  const query = grants.map((text) => `grant=${text}`).join('&')
  const streams = await Promise.all(Array.from({ length: 200 }, () => listenTo(newVisitor(), query)))
  expect(await counted()).toBe(before + 200)
  for (const stream of streams) stream.close()
  await expect.poll(counted, { timeout: 10_000 }).toBe(before)
})

async function endListeners() {
  await psql`select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'till-listener' and datname = current_database() and query ilike 'listen%'`
}
