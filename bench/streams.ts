import { type ChildProcess, fork } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { signGrant } from '#app/domain/realtime/grant.server.ts'
import { topics } from '#app/domain/realtime/topics.ts'
import type { Settings } from '#app/domain/settings/settings.server.ts'
import { closeDb, connect, db } from '#db/client.ts'
import { closeOutbox, openOutbox } from '#db/outbox.ts'
import { createGuest, createProduct, filledForm, now, createShop } from '#tests/support/cast.ts'
import { createScratchDatabase, databaseAt, startScratchServer } from '#tests/support/scratch.ts'
import { compare, type Figure, median, quantile, single } from './figures.ts'
import { get, latencies } from './load.ts'
import { end, metricsToken, sessionSecret, startTill } from './processes.ts'
import { startShopper } from './shopper.ts'
import type { Order, Report } from './stream-readers.ts'

const readerProcesses = 2
/** The server refuses more streams than this from one address. */
const streamsPerAddress = 400
const rounds = 7
const runs = 5
const buyers = 4
const ordersPerRun = 200

/**
 * Ten thousand browsers on one process, each with its own cart, all subscribed to one product: the cost of a stream,
 * the time from a commit to the first and the last of them, and the effect on pages and orders.
 */
export async function run({ streams = 10_000 } = {}): Promise<Figure[]> {
  const server = await startScratchServer()
  const url = await createScratchDatabase(server, 'bench')
  const owner = postgres(databaseAt(server.ownerUrl, 'bench'), { max: 1, onnotice: () => {} })
  connect(url, { max: 8, acquireTimeoutMs: 60_000 })
  await openOutbox()
  const till = await startTill(url)
  const readers = new Readers()
  try {
    const wanted = Math.min(streams, (await openFiles()) - 500)
    if (wanted < streams) console.log(`The open file limit allows ${wanted} streams, not ${streams}.`)
    const { settings } = await createShop()
    const catalog = await Promise.all(Array.from({ length: 50 }, () => createProduct({ stock: 100_000 })))
    await pagesP99(till.origin)
    const alone = await pagesP99(till.origin)
    const { carts, figures } = await openAll({ readers, origin: till.origin, count: wanted, owner })
    figures.push(...(await measureFanOut(readers, wanted)))
    figures.push(...(await measureBusyCarts({ readers, carts, origin: till.origin, alone })))
    figures.push(...(await measureOrders({ catalog, settings, owner })))
    figures.push(
      single({
        what: 'streams lost',
        unit: '',
        value: readers.lost,
        goal: '0',
        holds: readers.lost === 0,
      }),
    )
    return figures
  } finally {
    await readers.stop()
    await till.stop()
    await closeOutbox()
    await closeDb()
    await owner.end()
    await server.stop()
  }
}

type Opening = { readers: Readers; origin: string; count: number; owner: postgres.Sql }

async function openAll({ readers, origin, count, owner }: Opening) {
  const product = await createProduct({ title: 'Watched', stock: 1_000 })
  watched = product.variantId
  const carts = await makeCarts(count)
  await owner`analyze`
  const position = /\d{10}~([\w.]+)~/.exec(await get(`${origin}/products/${product.handle}`))![1]!
  const orders = carts.map(({ token, sessionId, cartId }) => {
    const by = { secret: sessionSecret, token, now: Date.now() }
    const grant = { sessionId, position, topics: [topics.cart(cartId, 1), topics.product(product.productId)] }
    return { token, query: `grant=${signGrant(grant, by)}` }
  })
  await settle()
  const before = await memory(origin)
  const started = performance.now()
  await readers.open(Number(new URL(origin).port), orders)
  const seconds = (performance.now() - started) / 1000
  await settle()
  const kilobytes = ((await memory(origin)) - before) / count / 1024
  const figures = [
    single({
      what: 'streams open in one process',
      unit: '',
      value: count,
      goal: '10000',
      holds: count >= 10_000,
    }),
    single({ what: 'opening streams', unit: 'streams/s', value: count / seconds }),
    single({
      what: 'memory of a stream',
      unit: 'KB',
      value: kilobytes,
      goal: '<= 25',
      holds: kilobytes <= 25,
    }),
  ]
  return { carts, figures }
}

let watched = 0

/** One label of one product, to all streams. */
async function measureFanOut(readers: Readers, count: number): Promise<Figure[]> {
  const first: number[] = []
  const last: number[] = []
  const perSecond: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const arrivals = readers.expect(({ topic }) => topic.startsWith('product:'), count)
    await db.execute(sql`update variants set price = price + 1 where id = ${watched}`)
    const committed = epochMs()
    const received = await arrivals
    first.push(Math.min(...received.map((report) => report.first)) - committed)
    last.push(Math.max(...received.map((report) => report.last)) - committed)
    perSecond.push((count * 1000) / (last.at(-1)! - first.at(-1)!))
    await settle()
  }
  const slowest = median(last)
  return [
    single({ what: 'commit to the first browser', unit: 'ms', value: median(first) }),
    single({
      what: `commit to the last of ${count} browsers (${Math.round(Math.min(...last))} to ${Math.round(Math.max(...last))})`,
      unit: 'ms',
      value: slowest,
      goal: '< 500',
      holds: slowest < 500,
    }),
    single({
      what: 'messages delivered, browsers on the same machine',
      unit: '/s',
      value: median(perSecond),
    }),
  ]
}

/** A shopper's pages while nothing happens and while a hundred carts a second change, alternating. */
async function measureBusyCarts(input: {
  readers: Readers
  carts: Cart[]
  origin: string
  alone: number
}): Promise<Figure[]> {
  const { readers, carts, origin, alone } = input
  const waits: number[] = []
  const committed = new Map<string, number>()
  readers.onReport = ({ topic, version, first }) => {
    const at = committed.get(`${topic}@${version}`)
    if (at !== undefined) waits.push(first - at)
  }
  const idle: number[] = []
  const busy: number[] = []
  for (let turn = 0; turn < runs; turn += 1) {
    idle.push(await pagesP99(origin))
    const changing = changeCarts(carts, committed)
    busy.push(await pagesP99(origin))
    await changing.stop()
    await settle()
  }
  readers.onReport = undefined
  const p99 = median(busy)
  const received = Math.round((100 * waits.length) / committed.size)
  return [
    single({
      what: `cart changes received by their browser (${received} % of ${committed.size}), median from before the commit`,
      unit: 'ms',
      value: median(waits),
    }),
    single({ what: 'the same, p99', unit: 'ms', value: quantile(waits, 0.99) }),
    single({ what: 'pages of a shopper at 50/s without streams, p99', unit: 'ms', value: alone }),
    compare({
      what: 'pages of a shopper at 50/s while 100 carts/s change, p99, against idle streams',
      unit: 'ms',
      ours: busy,
      reference: idle,
    }),
    single({
      what: 'pages of a shopper at 50/s while 100 carts/s change, p99',
      unit: 'ms',
      value: p99,
      goal: '< 50',
      holds: p99 < 50,
    }),
  ]
}

/** Changes one cart after the other, each in a commit of its own, until it is stopped. */
function changeCarts(carts: Cart[], committed: Map<string, number>) {
  const writes: Promise<void>[] = []
  const timer = setInterval(() => {
    const { cartId } = carts[committed.size % carts.length]!
    const version = 2 + Math.floor(committed.size / carts.length)
    // Recorded before the commit: the event may arrive before the writer continues.
    committed.set(`cart:${cartId}@${version}`, epochMs())
    writes.push(db.execute(sql`update carts set version = version + 1 where id = ${cartId}`).then(() => {}))
  }, 10)
  return {
    async stop() {
      clearInterval(timer)
      await Promise.all(writes)
    },
  }
}

async function pagesP99(origin: string): Promise<number> {
  shopperCookie ??= await startShopper()
  const options = { perSecond: 50, forMs: 3_000, headers: { cookie: shopperCookie } }
  return quantile(await latencies(`${origin}/collections/all`, options), 0.99)
}

let shopperCookie: string | undefined

/** Orders with the triggers on and off, alternating, while all streams are open. */
type Shop = { catalog: { variantId: number }[]; settings: Settings; owner: postgres.Sql }

async function measureOrders({ catalog, settings, owner }: Shop): Promise<Figure[]> {
  const on: number[] = []
  const off: number[] = []
  const p99s: number[] = []
  await placeMany(catalog, settings)
  const withTriggers = async () => {
    const { perSecond, p99 } = await placeMany(catalog, settings)
    on.push(perSecond)
    p99s.push(p99)
  }
  const without = async () => {
    await triggers(owner, 'disable')
    off.push((await placeMany(catalog, settings)).perSecond)
    await triggers(owner, 'enable')
  }
  // Alternates which goes first, because tables grow from run to run.
  for (let turn = 0; turn < runs; turn += 1)
    for (const measure of turn % 2 ? [withTriggers, without] : [without, withTriggers]) await measure()
  return [
    compare({
      what: `orders placed, ${buyers} concurrent buyers, triggers on against off`,
      unit: 'orders/s',
      ours: on,
      reference: off,
    }),
    single({ what: 'placing an order, triggers on, p99', unit: 'ms', value: median(p99s) }),
  ]
}

async function placeMany(catalog: { variantId: number }[], settings: Settings) {
  const forms: Parameters<typeof placeOrder>[0][] = []
  for (let buyer = 0; buyer < ordersPerRun; buyer += 1) {
    const shopper = await createGuest(
      catalog[(buyer * 2) % catalog.length]!,
      catalog[(buyer * 2 + 1) % catalog.length]!,
    )
    forms.push({ shopper, form: await filledForm(shopper, settings), settings, now })
  }
  const took: number[] = []
  const started = performance.now()
  await Promise.all(
    Array.from({ length: buyers }, async () => {
      for (let next = forms.pop(); next; next = forms.pop()) {
        const at = performance.now()
        const placed = await placeOrder(next)
        if (!placed.ok) throw new Error(placed.reason)
        took.push(performance.now() - at)
      }
    }),
  )
  return { perSecond: (ordersPerRun * 1000) / (performance.now() - started), p99: quantile(took, 0.99) }
}

async function triggers(owner: postgres.Sql, what: 'enable' | 'disable') {
  const found = await owner<{ name: string; of: string }[]>`
    select tgname as name, tgrelid::regclass::text as of from pg_trigger where tgname like '%\\_announce%'`
  for (const { name, of } of found)
    await owner`alter table ${owner(of)} ${owner.unsafe(what)} trigger ${owner(name)}`
}

type Cart = { token: string; sessionId: number; cartId: number }

async function makeCarts(count: number): Promise<Cart[]> {
  const tokens = Array.from({ length: count }, () => randomBytes(32).toString('base64url'))
  const hashes = tokens.map((token) => createHash('sha256').update(token).digest('hex'))
  const rows = await db.execute<{ session_id: string; cart_id: string; hash: string }>(sql`
    with made as (
      insert into sessions (token_hash, idle_seconds, expires_at)
      select decode(hash, 'hex'), 86400, now() + interval '1 day' from unnest(string_to_array(${hashes.join()}, ',')) hash
      returning id, encode(token_hash, 'hex') as hash
    ), filled as (insert into carts (session_id) select id from made returning id, session_id)
    select made.id as session_id, filled.id as cart_id, hash from made join filled on filled.session_id = made.id`)
  const byHash = new Map(rows.map((row) => [row.hash, row]))
  return tokens.map((token, index) => {
    const { session_id, cart_id } = byHash.get(hashes[index]!)!
    return { token, sessionId: Number(session_id), cartId: Number(cart_id) }
  })
}

/** The simulated browsers, in separate processes. */
class Readers {
  lost = 0
  onReport: ((report: Extract<Report, { kind: 'received' }>) => void) | undefined
  readonly #children: ChildProcess[] = []
  #waiting: ((report: Report) => void)[] = []

  async open(port: number, streams: Order['streams']) {
    const share = Math.ceil(streams.length / readerProcesses)
    const addresses = Math.ceil(share / streamsPerAddress)
    await Promise.all(
      Array.from({ length: readerProcesses }, async (_, index) => {
        const child = fork('bench/stream-readers.ts')
        this.#children.push(child)
        const own = streams.slice(index * share, (index + 1) * share)
        child.send({ port, streams: own, firstAddress: 2 + index * addresses, addresses } satisfies Order)
        const opened = new Promise<void>((resolve) =>
          child.on('message', (report: Report) => {
            if (report.kind === 'open') resolve()
            else this.#onMessage(report)
          }),
        )
        await Promise.race([
          opened,
          once(child, 'exit').then(() => Promise.reject(new Error('Readers ended'))),
        ])
      }),
    )
  }

  /** The reports about matching announcements, once they have reached so many streams in total. */
  expect(matches: (report: { topic: string }) => boolean, count: number) {
    const reports: Extract<Report, { kind: 'received' }>[] = []
    return new Promise<typeof reports>((resolve, reject) => {
      const killTimer = setTimeout(
        () =>
          reject(
            new Error(`${reports.reduce((sum, report) => sum + report.count, 0)} of ${count} received it`),
          ),
        30_000,
      )
      const listener = (report: Report) => {
        if (report.kind !== 'received' || !matches(report)) return
        reports.push(report)
        if (reports.reduce((sum, each) => sum + each.count, 0) < count) return
        clearTimeout(killTimer)
        this.#waiting = this.#waiting.filter((each) => each !== listener)
        resolve(reports)
      }
      this.#waiting.push(listener)
    })
  }

  #onMessage(report: Report) {
    if (report.kind === 'lost') this.lost += report.count
    if (report.kind === 'received') this.onReport?.(report)
    for (const listener of [...this.#waiting]) listener(report)
  }

  async stop() {
    await Promise.all(this.#children.map(end))
  }
}

const epochMs = () => performance.timeOrigin + performance.now()
const after = (ms: number) => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)))
/** Waits, so that one measurement does not affect the next. */
const settle = () => after(1_000)

/** The limit of open files per process: Node raises its soft limit to the hard limit by itself. */
async function openFiles(): Promise<number> {
  const limits = await readFile('/proc/self/limits', 'utf8').catch(() => '')
  return Number(/^Max open files\s+\d+\s+(\d+)/m.exec(limits)?.[1] ?? 10_500)
}

/** The server's resident memory in bytes. */
async function memory(origin: string): Promise<number> {
  const metrics = await get(`${origin}/metrics`, undefined, { authorization: `Bearer ${metricsToken}` })
  return Number(/^process_resident_memory_bytes (\S+)/m.exec(metrics)![1])
}
