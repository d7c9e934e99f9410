import { randomInt, randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { db } from '#db/client.ts'
import { aProduct } from '#tests/support/cast.ts'
import { databaseUrl } from '#tests/support/database.ts'
import { grantsIn, listenTo } from '#tests/support/event-stream.ts'
import { aVisitor, openCheckout, theMetrics, theShop, useRunningShop } from '#tests/support/http-shop.ts'
import { LiveReader } from '#tests/support/live-reader.ts'
import { type RunningShop, startShop } from '#tests/support/running-shop.ts'
import { hiddenFields } from '#tests/support/visitor.ts'

useRunningShop()

/** As somebody with psql would write, knowing nothing of the shop's code. */
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

/** The same numbers for the same seed (mulberry32). */
function randomFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

type Guest = { cookies: Record<string, string>; cartId: number; variantId: number; csrf: string }
type Shelf = { productId: number; variantId: number; handle: string }

async function aGuestOnline(): Promise<Guest> {
  const guest = aVisitor()
  const { variantId } = await aProduct({ stock: 900 })
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
 * Resolves when everybody has heard all that was told so far: announcements come in the order of commits, so whoever
 * hears the last one has heard the others. Somebody who reads a page anew just then hears the next.
 */
async function everybodyHasHeard(): Promise<void> {
  for (let round = 0; round < 30; round += 1) {
    const marker = `marker-${randomUUID()}`
    await psql`select pg_notify('till', ${JSON.stringify({ topic: 'catalog', kind: 'many', marker })})`.catch(
      () => {},
    )
    const heard = await Promise.all(readers.map((reader) => reader.hears(marker, 1_000)))
    if (heard.every(Boolean)) return
  }
  throw new Error('Somebody hears nothing any more')
}

/** What the readers know against what is in the tables. */
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

/** Somebody writes now this, now that, in one of the ways there are; some of it is undone. */
async function scribble(
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
async function anAudience(origins: string[]) {
  const guests = [await aGuestOnline(), await aGuestOnline()]
  const shelf = [await aProduct({ price: 500 }), await aProduct({ price: 700 })]
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

/** Writes until `work` is done, by four hands at a time. */
async function whileEverybodyWrites(
  audience: Awaited<ReturnType<typeof anAudience>>,
  origins: string[],
  work: () => Promise<void>,
  ways: 'all' | 'http' = 'all',
): Promise<void> {
  const seed = randomInt(2 ** 31)
  console.log(`Seed ${seed}`)
  let isOver = false
  const hands = Array.from({ length: 4 }, async (_, hand) => {
    const random = randomFrom(seed + hand)
    while (!isOver) {
      await scribble(random, origins, audience.guests, audience.shelf, ways).catch(() => {})
    }
  })
  await work()
  isOver = true
  await Promise.all(hands)
}

const enough = (count: () => number, atLeast: number) =>
  expect.poll(count, { timeout: 30_000, interval: 20 }).toBeGreaterThanOrEqual(atLeast)

test('three processes, writers of every kind: at the end every page says what the tables say', async () => {
  others.push(await startShop({ databaseUrl }), await startShop({ databaseUrl }))
  const origins = [theShop().origin, ...others.map(({ origin }) => origin)]
  const audience = await anAudience(origins)
  const before = audience.carts.map(({ reader, cartId }) => reader.versions.get(`cart:${cartId}`)!)
  await whileEverybodyWrites(audience, origins, () =>
    enough(
      () => audience.carts[0]!.reader.versions.get(`cart:${audience.carts[0]!.cartId}`)! - before[0]!,
      60,
    ),
  )
  await everybodyHasHeard()
  expect(await differences(audience.carts, audience.prices)).toEqual([])
  // It was the streams that told them, each commit in its turn, and not a page that was read anew.
  expect(readers.map(({ rereads }) => rereads)).toEqual(readers.map(() => 0))
  for (const { reader, cartId } of audience.carts) {
    const told = reader.told.filter(({ topic }) => topic === `cart:${cartId}`).map(({ version }) => version)
    expect(told.length).toBeGreaterThan(30)
    expect(told).toEqual(told.map((_, index) => told[0]! + index))
  }
}, 90_000)

describe('nothing is lost', () => {
  test('while the connection of the listener is killed again and again', async () => {
    const origins = [theShop().origin]
    const audience = await anAudience(origins)
    await whileEverybodyWrites(audience, origins, async () => {
      for (let time = 1; time <= 5; time += 1) {
        await endListeners()
        await enough(() => Math.min(...readers.map(({ rereads }) => rereads)), time)
      }
    })
    await everybodyHasHeard()
    expect(await differences(audience.carts, audience.prices)).toEqual([])
  }, 90_000)

  test('while the connection of the listener hangs', async () => {
    const audience = await anAudience([theShop().origin])
    const [{ reader, cartId }] = audience.carts as [(typeof audience.carts)[0]]
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
    await everybodyHasHeard()
    expect(await differences(audience.carts, audience.prices)).toEqual([])
  }, 60_000)

  test('when PostgreSQL crashes and recovers, and streams hear again within two seconds of that', async () => {
    const origins = [theShop().origin]
    const audience = await anAudience(origins)
    const took: number[] = []
    for (let round = 0; round < 3 && !took.some((ms) => ms < 2_000); round += 1)
      await whileEverybodyWrites(
        audience,
        origins,
        async () => {
          // A backend that is killed takes all the others along.
          process.kill(await listenerPid(), 'SIGKILL')
          const backAt = await answersAgain()
          await everybodyHasHeard()
          took.push(performance.now() - backAt)
        },
        'http',
      )
    expect(Math.min(...took), `milliseconds: ${took.map(Math.round).join(', ')}`).toBeLessThan(2_000)
    await everybodyHasHeard()
    console.log(`Streams heard again after ${took.map(Math.round).join(', ')} ms`)
    expect(await differences(audience.carts, audience.prices)).toEqual([])
  }, 120_000)

  test('when the process is killed with its streams, and another takes its place', async () => {
    const second = await startShop({ databaseUrl })
    others.push(second)
    const audience = await anAudience([second.origin])
    await whileEverybodyWrites(audience, [theShop().origin], async () => {
      await second.kill()
      const { port } = new URL(second.origin)
      others.splice(
        0,
        others.length,
        await startShop({ databaseUrl }, { PORT: port, APP_ORIGIN: second.origin }),
      )
      await enough(() => Math.min(...readers.map(({ rereads }) => rereads)), 1)
    })
    await everybodyHasHeard()
    expect(await differences(audience.carts, audience.prices)).toEqual([])
  }, 90_000)
})

async function listenerPid(): Promise<number> {
  const [backend] = await psql`select pid from pg_stat_activity
    where application_name = 'till-listener' and datname = current_database() and query ilike 'listen%'`
  return Number(backend!.pid)
}

/** When a plain connection could be had again, after one that could not. */
async function answersAgain(): Promise<number> {
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

test('every close is seen: two hundred readers leave, and none is counted', async () => {
  const counted = async () => Number(/^till_event_streams (\d+)/m.exec(await theMetrics())![1])
  const before = await counted()
  const { handle } = await aProduct()
  const grants = grantsIn((await aVisitor().get(`/products/${handle}`)).body)
  const query = grants.map((text) => `grant=${text}`).join('&')
  const streams = await Promise.all(Array.from({ length: 200 }, () => listenTo(aVisitor(), query)))
  expect(await counted()).toBe(before + 200)
  for (const stream of streams) stream.close()
  await expect.poll(counted, { timeout: 10_000 }).toBe(before)
})

async function endListeners() {
  await psql`select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'till-listener' and datname = current_database() and query ilike 'listen%'`
}
