import { mkdir, writeFile } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import type { Profiler } from 'node:inspector'
import { sql } from 'drizzle-orm'
import { closeDb, connect, db } from '#db/client.ts'
import { closeOutbox, openOutbox } from '#db/outbox.ts'
import { createProduct, createShop } from '#tests/support/cast.ts'
import { createScratchDatabase, startScratchServer } from '#tests/support/scratch.ts'
import { type Figure, median, quantile, single } from './figures.ts'
import { startReference, startTill, type Till } from './processes.ts'
import { sharesOf } from './profile.ts'

const shoppers = 8
const runs = 3
const steps = ['add', 'checkout page', 'place', 'receipt'] as const

type Step = (typeof steps)[number]
type Catalog = { variantId: number; handle: string }[]
export type Counts = { orders: number; pages: number; profile: boolean }

/**
 * Complete orders over HTTP by eight concurrent shoppers, on the same machine as the server: add to cart, checkout
 * page, place order, receipt. Then the pages that cannot be cached, the least that Remix
 * takes for a page and a redirect, and the memory of the process after `orders`
 * orders and `pages` pages. With `profile` it prints a CPU profile of the server by package.
 */
export async function run({ orders, pages, profile }: Counts): Promise<Figure[]> {
  const server = await startScratchServer()
  const url = await createScratchDatabase(server, 'bench')
  connect(url, { acquireTimeoutMs: 60_000 })
  await openOutbox()
  try {
    await createShop()
    const catalog = await Promise.all(Array.from({ length: 200 }, () => createProduct({ stock: 100_000 })))
    // Each order comes from its own address, as behind a proxy; the store limits orders by address.
    const till = await startTill(url, { TRUST_PROXY: '1' })
    const reference = await startReference(url)
    try {
      const shop = new Shop(till.origin, catalog)
      const floor = await measureFloor(new Shop(reference.origin, catalog))
      return [...(await measure(shop, till, { orders, pages, profile })), ...floor]
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

async function measure(shop: Shop, till: Till, counts: Counts): Promise<Figure[]> {
  const perRun = Math.min(400, Math.ceil(counts.orders / 4))
  await shop.order(Math.min(100, perRun))
  const perSecond: number[] = []
  shop.times.clear()
  const before = await till.cpuMs()
  for (let turn = 0; turn < runs; turn += 1) perSecond.push(await shop.order(perRun))
  const figures = [
    orderFigure(perSecond, perRun * runs),
    cpuFigure('a complete order', ((await till.cpuMs()) - before) / (perRun * runs)),
    ...steps.flatMap((step) => stepFigure(shop, step)),
  ]
  const carts = await Promise.all(Array.from({ length: shoppers }, () => shop.fillCart()))
  figures.push(...(await pageFigures(shop, till, '/cart', carts)))
  figures.push(...(await pageFigures(shop, till, '/checkout', carts)))
  // The store's layout with one sentence, and one query: the minimum cost of a page in Remix and React.
  figures.push(
    ...(await pageFigures(
      shop,
      till,
      '/cart',
      carts.map(() => ''),
    )),
  )
  if (counts.profile) await printProfiles(shop, till, carts, perRun)
  return [...figures, ...(await measureMemory(shop, till, counts))]
}

/** What is left for the shop's own work: Remix with one sentence and without a query, and an order made of such answers. */
async function measureFloor(bare: Shop): Promise<Figure[]> {
  const visitors = Array.from({ length: shoppers }, () => '')
  await bare.visit('/remix', visitors, 2_000)
  await bare.press('/remix', 500)
  const [page, redirect]: [number[], number[]] = [[], []]
  for (let turn = 0; turn < runs; turn += 1) {
    page.push(await bare.visit('/remix', visitors, 2_000))
    redirect.push(await bare.press('/remix', 2_000))
  }
  const perSecond = { page: median(page), redirect: median(redirect) }
  const order = 1 / (2 / perSecond.page + 2 / perSecond.redirect)
  return [
    single({ what: 'floor: a page of one sentence by Remix', unit: 'pages/s', value: perSecond.page }),
    single({ what: 'floor: a redirect after a form by Remix', unit: 'answers/s', value: perSecond.redirect }),
    single({ what: 'floor: two of each, as a whole order has', unit: 'orders/s', value: order }),
  ]
}

async function pageFigures(shop: Shop, till: Till, path: string, cookies: string[]): Promise<Figure[]> {
  const isEmpty = cookies.every((cookie) => cookie === '')
  const what = `${path.slice(1)} page of a ${isEmpty ? 'visitor' : 'shopper'}`
  const rates: number[] = []
  await shop.visit(path, cookies, 1_000)
  const [seenBefore, busyBefore] = [shop.seen, await till.cpuMs()]
  for (let turn = 0; turn < runs; turn += 1) rates.push(await shop.visit(path, cookies, 2_000))
  const cpuMs = ((await till.cpuMs()) - busyBefore) / (shop.seen - seenBefore)
  const value = median(rates)
  const goal = isEmpty ? {} : { goal: '>= 400', holds: value >= 400 }
  return [
    single({ what: `${what}, ${shoppers} concurrent`, unit: 'pages/s', value, ...goal }),
    cpuFigure(`the ${what}`, cpuMs),
  ]
}

function orderFigure(perSecond: number[], count: number): Figure {
  const value = median(perSecond)
  const what = `complete orders, ${shoppers} concurrent shoppers, ${count} orders`
  return single({ what, unit: 'orders/s', value, goal: '>= 100', holds: value >= 100 })
}

/** Depends less than the rates on what else the machine is doing. */
function cpuFigure(what: string, value: number): Figure {
  return single({ what: `server CPU time for ${what}`, unit: 'ms', value })
}

function stepFigure(shop: Shop, step: Step): Figure[] {
  const times = shop.times.get(step)!
  return [0.5, 0.99].map((q) =>
    single({ what: `${step}, p${q * 100}`, unit: 'ms', value: quantile(times, q) }),
  )
}

async function printProfiles(shop: Shop, till: Till, carts: string[], perRun: number) {
  const work: [string, () => Promise<unknown>][] = [
    ['orders', () => shop.order(perRun)],
    ['cart page', () => shop.visit('/cart', carts, 4_000)],
    ['checkout page', () => shop.visit('/checkout', carts, 4_000)],
  ]
  for (const [name, run] of work) {
    const profile = await till.profile(run)
    await saveProfile(name, profile)
    const shares = sharesOf(profile)
    console.log(`\nBusy time of the server: ${name}`)
    console.table(shares.map(({ part, percent }) => ({ part, percent: Number(percent.toFixed(1)) })))
  }
}

/** For the performance panel of a browser's developer tools. */
async function saveProfile(name: string, profile: Profiler.Profile) {
  await mkdir('bench/results', { recursive: true })
  await writeFile(`bench/results/${name.replaceAll(' ', '-')}.cpuprofile`, JSON.stringify(profile))
}

/** Places orders up to the given number, then requests pages: public ones and carts. */
async function measureMemory(shop: Shop, till: Till, { orders, pages }: Counts): Promise<Figure[]> {
  while (shop.ordered < orders) await shop.order(Math.min(1_000, orders - shop.ordered))
  await shop.look(pages)
  const { rss, external } = await till.memory()
  const after = `after ${shop.ordered} orders and ${shop.seen} pages`
  const figure = (what: string, bytes: number, max: number) =>
    single({
      what: `${what} ${after}`,
      unit: 'MB',
      value: bytes / 1e6,
      goal: `< ${max}`,
      holds: bytes < max * 1e6,
    })
  return [figure('resident memory', rss, 350), figure('external memory after a collection,', external, 60)]
}

/** Shoppers of one store, with keep-alive connections as in browsers. */
class Shop {
  readonly times = new Map<Step, number[]>()
  ordered = 0
  /** Pages requested outside of an order. */
  seen = 0
  readonly #origin: string
  readonly #catalog: Catalog
  readonly #agent = new Agent({ keepAlive: true, maxSockets: shoppers })

  constructor(origin: string, catalog: Catalog) {
    this.#origin = origin
    this.#catalog = catalog
  }

  /** Places so many orders; returns orders per second. */
  async order(count: number): Promise<number> {
    // The limit on orders of a whole store would end the measurement.
    await db.execute(sql`delete from rate_limits`)
    let left = count
    const started = performance.now()
    await this.#together(async () => {
      while (left-- > 0) await this.#placeOne()
    })
    return (count * 1000) / (performance.now() - started)
  }

  async #placeOne() {
    const number = (this.ordered += 1)
    const ip = `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`
    const cookie = await this.#timed('add', () => this.fillCart(ip))
    const page = await this.#timed('checkout page', () => this.#get('/checkout', { cookie }))
    const form = { ...hiddenFields(page), ...buyer(number) }
    const placed = await this.#timed('place', () =>
      this.#post('/checkout', form, { cookie, 'x-forwarded-for': ip }),
    )
    await this.#timed('receipt', () => this.#get(placed.location, { cookie }))
  }

  async #timed<T>(step: Step, work: () => Promise<T>): Promise<T> {
    const started = performance.now()
    const result = await work()
    const took = performance.now() - started
    const times = this.times.get(step)
    if (times) times.push(took)
    else this.times.set(step, [took])
    return result
  }

  /** A new guest with one item in the cart; returns the cookie. */
  async fillCart(ip = '10.255.0.1'): Promise<string> {
    const { variantId } = this.#pick()
    const { cookie } = await this.#post(
      '/cart/lines',
      { variantId: String(variantId), quantity: '1' },
      { 'x-forwarded-for': ip },
    )
    return cookie
  }

  /** Pages per second, with one shopper for each cookie. */
  async visit(path: string, cookies: string[], forMs: number): Promise<number> {
    const started = performance.now()
    let seen = 0
    await Promise.all(
      cookies.map(async (cookie) => {
        while (performance.now() - started < forMs) {
          await this.#get(path, cookie ? { cookie } : {})
          seen += 1
        }
      }),
    )
    this.seen += seen
    return (seen * 1000) / (performance.now() - started)
  }

  /** Sends `count` empty forms to a path that answers with a redirect; returns answers per second. */
  async press(path: string, count: number): Promise<number> {
    let left = count
    const started = performance.now()
    await this.#together(async () => {
      while (left-- > 0) await this.#post(path, {}, {})
    })
    return (count * 1000) / (performance.now() - started)
  }

  /** Requests public pages without a cookie, and every fiftieth with a cart, up to the given number. */
  async look(until: number) {
    await this.#together(async () => {
      const cookie = await this.fillCart()
      while (this.seen < until) {
        this.seen += 1
        const withCart = this.seen % 50 === 0
        const path = this.seen % 3 === 0 ? '/collections/all' : `/products/${this.#pick().handle}`
        await this.#get(path, withCart ? { cookie } : {})
      }
    })
  }

  #together(work: () => Promise<void>) {
    return Promise.all(Array.from({ length: shoppers }, work))
  }

  #pick() {
    return this.#catalog[Math.floor(Math.random() * this.#catalog.length)]!
  }

  async #get(path: string, headers: Record<string, string>): Promise<string> {
    const { status, body } = await this.#send('GET', path, headers)
    if (status !== 200) throw new Error(`${path} answered ${status}`)
    return body
  }

  async #post(path: string, form: Record<string, string>, headers: Record<string, string>) {
    const answer = await this.#send(
      'POST',
      path,
      { ...headers, 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
      new URLSearchParams(form).toString(),
    )
    if (answer.status !== 303)
      throw new Error(`${path} answered ${answer.status}: ${answer.body.slice(0, 300)}`)
    return answer
  }

  #send(method: string, path: string, headers: Record<string, string>, form?: string) {
    return new Promise<{ status: number; location: string; cookie: string; body: string }>(
      (resolve, reject) => {
        const asked = request(this.#origin + path, { method, agent: this.#agent, headers }, (response) => {
          const chunks: Buffer[] = []
          response.on('data', (chunk: Buffer) => chunks.push(chunk))
          response.on('error', reject)
          response.on('end', () => {
            const cookies = response.headers['set-cookie'] ?? []
            resolve({
              status: response.statusCode!,
              location: response.headers.location ?? '',
              cookie: cookies.find((text) => text.includes('sid='))?.split(';')[0] ?? '',
              body: Buffer.concat(chunks).toString(),
            })
          })
        })
        asked.on('error', reject)
        asked.end(form)
      },
    )
  }
}

/** The hidden fields, as a browser submits them. */
function hiddenFields(page: string): Record<string, string> {
  const form = page.slice(page.indexOf('class="checkout__form"'))
  return Object.fromEntries(
    ['csrf', 'checkoutKey', 'shownTotal'].map((name) => {
      const field = new RegExp(`<input type="hidden" name="${name}" value="([^"]*)"`).exec(form)
      if (!field) throw new Error(`The checkout page has no field ${name}`)
      return [name, field[1]!]
    }),
  )
}

function buyer(number: number): Record<string, string> {
  return {
    email: `shopper-${number}@example.com`,
    name: 'Ada Byron',
    line1: '12 Square',
    city: 'Dublin',
    postcode: 'D02 AF30',
    country: 'IE',
    ...{ company: '', line2: '', region: '', phone: '', note: '' },
    shippingMethod: 'standard',
    payment: 'bank-transfer',
  }
}
