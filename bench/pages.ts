import { setTimeout as sleep } from 'node:timers/promises'
import { eq, sql } from 'drizzle-orm'
import { closeDb, connect, db } from '#db/client.ts'
import { closeOutbox, openOutbox } from '#db/outbox.ts'
import { products } from '#db/schema/index.ts'
import { startShopper } from './shopper.ts'
import { getImport, startApplying } from '#app/domain/imports/imports.server.ts'
import { receiveImport } from '#app/domain/imports/receive-import.server.ts'
import { createShop, signIn } from '#tests/support/cast.ts'
import { createScratchDatabase, databaseAt, onDatabase, startScratchServer } from '#tests/support/scratch.ts'
import { compare, type Figure, median, quantile, single } from './figures.ts'
import { productFile } from './import.ts'
import { get, latencies, compressedHeaders, rate } from './load.ts'
import { metricsToken, startReference, startTill } from './processes.ts'

const productCount = 10_000
const importCount = 20_000
const runs = 5
const load = { connections: 8, forMs: 1_000 }
const page = '/collections/all'
const product = '/products/product-7'

type Row = {
  what: string
  path: string
  headers?: Record<string, string>
  atLeast?: number
  perSecond?: number
}

/**
 * A collection page (24 of 10,000 products) and its data: for visitors, for shoppers with a cart, and how soon a
 * change is visible, also during an import. The reference sends a page without a query.
 */
export async function run(): Promise<Figure[]> {
  const server = await startScratchServer()
  const url = await createScratchDatabase(server, 'bench')
  connect(url)
  await openOutbox()
  try {
    const { olga } = await createShop()
    await insertProducts()
    await onDatabase(databaseAt(server.ownerUrl, 'bench'), (owner) => owner`analyze`)
    const till = await startTill(url)
    const reference = await startReference(url)
    try {
      const cart = await startShopper()
      const shopper = { cookie: `${cart}; _ga=GA1.2.3` }
      const owner = { cookie: `sid=${await signIn(olga)}` }
      const rows: Row[] = [
        { what: 'visitor', path: page, atLeast: 0.4 },
        {
          what: 'visitor with a third-party cookie',
          path: page,
          headers: { cookie: '_ga=GA1.2.3; __cf_bm=x' },
          atLeast: 0.4,
        },
        { what: 'visitor with tracking parameters', path: `${page}?utm_source=mail&fbclid=x`, atLeast: 0.4 },
        { what: 'shopper with a cart', path: page, headers: shopper, atLeast: 0.2 },
        { what: 'signed in', path: page, headers: owner, atLeast: 0.2 },
        { what: 'data of the collection, visitor', path: `${page}.data`, perSecond: 4_000 },
        { what: 'data of a product, visitor', path: `${product}.data`, perSecond: 4_000 },
        { what: 'data of the collection, shopper with a cart', path: `${page}.data`, headers: shopper },
      ]
      return [
        ...(await measureRates(rows, till.origin, reference.origin)),
        await measureLatency(till.origin, shopper),
        await measureFreshness({
          what: 'commit of a title until every copy of the list and its data is new, slowest of 20',
          ...{ till: till.origin, shopper, path: page, handle: 'product-1' },
        }),
        ...(await measureImport(till.origin, { shopper, olga })),
      ]
    } finally {
      await till.stop()
      await reference.stop()
    }
  } finally {
    await closeOutbox()
    await closeDb()
    await server.stop()
  }
}

async function measureRates(rows: Row[], till: string, reference: string): Promise<Figure[]> {
  const measured = rows.map((row) => ({
    ...row,
    ours: [] as number[],
    staticPage: [] as number[],
    asking: [] as number[],
  }))
  const ask = ({ path, headers }: Row) =>
    rate(till + path, { ...load, headers: { ...compressedHeaders, ...headers } })
  for (const row of rows) await ask(row)
  for (let turn = 0; turn < runs; turn += 1) {
    const asking = await rate(`${reference}/page`, load)
    for (const row of measured) {
      row.ours.push(await ask(row))
      row.staticPage.push(await rate(`${reference}/static`, load))
      row.asking.push(asking)
    }
  }
  const visitor = measured[0]!
  return [
    compare({
      what: 'collection page, visitor, against a page with a query',
      unit: 'pages/s',
      ours: visitor.ours,
      reference: visitor.asking,
      atLeast: 2,
    }),
    ...measured.map(({ what, ours, staticPage, atLeast, perSecond }) => {
      const figure = compare({ what, unit: 'responses/s', ours, reference: staticPage, atLeast })
      if (perSecond === undefined) return figure
      return { ...figure, goal: `>= ${perSecond}`, holds: figure.value >= perSecond }
    }),
  ]
}

/** At 100 requests per second, from when each was due, so that queueing counts. */
async function measureLatency(till: string, shopper: Record<string, string>): Promise<Figure> {
  const all: number[] = []
  const options = { perSecond: 100, headers: { ...compressedHeaders, ...shopper } }
  await latencies(till + page, { ...options, forMs: 1_000 })
  for (let turn = 0; turn < runs; turn += 1)
    all.push(quantile(await latencies(till + page, { ...options, forMs: 2_000 }), 0.99))
  const p99 = median(all)
  return single({
    what: 'shopper with a cart, p99 at 100 requests/s',
    unit: 'ms',
    value: p99,
    goal: '< 20 ms',
    holds: p99 < 20,
  })
}

/** From the commit of a new title until page and data show it to a visitor and to a shopper. */
async function measureFreshness(input: {
  what: string
  till: string
  shopper: Record<string, string>
  path: string
  handle: string
}): Promise<Figure> {
  const { what, till, shopper, path, handle } = input
  const waits: number[] = []
  const asked = [path, `${path}.data`].flatMap((address) =>
    [undefined, { cookie: '_ga=1' }, shopper].map((headers) => ({ url: till + address, headers })),
  )
  for (let turn = 0; turn < 20; turn += 1) {
    const title = `Renamed ${turn} of ${what.length}`
    for (const { url, headers } of asked) await get(url, undefined, headers)
    await db.update(products).set({ title }).where(eq(products.handle, handle))
    const committed = performance.now()
    for (const { url, headers } of asked)
      while (!(await get(url, undefined, headers)).includes(title))
        if (performance.now() - committed > 5_000) throw new Error('The page stayed old for five seconds')
    waits.push(performance.now() - committed)
  }
  const slowest = Math.max(...waits)
  return single({ what, unit: 'ms', value: slowest, goal: '< 100 ms', holds: slowest < 100 })
}

/** Imports 20,000 new products while shoppers request 200 products and the list of all products. */
async function measureImport(
  till: string,
  { shopper, olga }: { shopper: Record<string, string>; olga: number },
): Promise<Figure[]> {
  const received = await receiveImport({
    filename: 'new.csv',
    bytes: productFile('new', importCount),
    overwrite: false,
    by: olga,
  })
  if (!received.ok) throw new Error(received.reason)
  // The shop reads and applies it, in the process that answers the pages.
  const status = async () => (await getImport(received.id))!.status
  while (['uploaded', 'reading'].includes(await status())) await sleep(50)
  for (let index = 0; index < 200; index += 1) await get(`${till}/products/product-${100 + index}`)
  const started = await startApplying(received.id, olga)
  if (!started.ok) throw new Error(`The import was not started: ${started.reason}`)
  const fresh = await measureFreshness({
    what: 'commit of a title until every copy of the product page and its data is new, during an import, slowest of 20',
    ...{ till, shopper, path: '/products/product-50', handle: 'product-50' },
  })
  // After the import has finished the figure would say nothing about it.
  const holds = fresh.holds && (await status()) === 'applying'
  const counts = { product: [0, 0], list: [0, 0] }
  let turn = 0
  const look = async (kind: keyof typeof counts, path: string) => {
    const before = await servedFrom(till)
    await get(till + path, undefined, { ...compressedHeaders, ...(turn % 2 ? shopper : {}) })
    const after = await servedFrom(till)
    counts[kind][0]! += after.cache - before.cache
    counts[kind][1]! += after.cache + after.render - before.cache - before.render
  }
  while (turn < 60 && (await status()) === 'applying') {
    turn += 1
    for (let index = 0; index < 8; index += 1)
      await look('product', `/products/product-${100 + ((turn * 8 + index) % 200)}`)
    await look('list', page)
    await sleep(10)
  }
  const share = ([hits, all]: number[]) => (100 * hits!) / Math.max(1, all!)
  return [
    { ...fresh, holds },
    single({
      what: `products from the cache while ${importCount} are imported`,
      unit: '%',
      value: share(counts.product),
    }),
    single({
      what: 'list of all products from the cache during the import',
      unit: '%',
      value: share(counts.list),
    }),
  ]
}

async function servedFrom(till: string): Promise<{ cache: number; render: number }> {
  const metrics = await get(`${till}/metrics`, undefined, { authorization: `Bearer ${metricsToken}` })
  const count = (from: string) =>
    Number(new RegExp(`till_public_pages_total\\{from="${from}"\\} (\\d+)`).exec(metrics)?.[1] ?? 0)
  return { cache: count('cache'), render: count('render') }
}

async function insertProducts(): Promise<void> {
  await db.execute(sql`
    with made as (
      insert into products (handle, title, vendor, type, tags, status, published_at, price_min, price_max)
      select 'product-' || n, 'Product ' || n, 'Vendor ' || n % 20, 'Type ' || n % 10, array['tag ' || n % 50], 'active',
        now() - make_interval(mins => n), 1000 + n % 500, 1000 + n % 500
      from generate_series(1, ${productCount}::int) n
      returning id, price_min
    ), stocked as (
      insert into variants (product_id, position, price, stock, track_stock)
      select id, 1, price_min, 10, true from made returning id
    )
    insert into stock_ledger (variant_id, delta, balance, reason) select id, 10, 10, 'initial' from stocked`)
}
