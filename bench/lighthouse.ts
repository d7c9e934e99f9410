/**
 * npm run lighthouse
 *
 * Fills a scratch store, starts the built one on it, and prints the scores of Lighthouse (mobile) for the pages on the
 * way from home to an order: of three runs of a page, the one with the median performance. Lighthouse itself is not a
 * dependency: npx installs it once. `-- --json FOLDER` keeps the complete reports, `-- --runs N` changes the runs.
 * The throttling is applied, not simulated: a simulation takes every script that loopback delivered before the first
 * paint for one that blocked it.
 */
import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { sql } from 'drizzle-orm'
import { createCollection } from '#app/domain/collections/collection-editor.server.ts'
import { addMembers } from '#app/domain/collections/collection-members.server.ts'
import { storeUpload } from '#app/domain/media/store-upload.server.ts'
import { addProductImages } from '#app/domain/products/product-images.server.ts'
import { closeDb, connect, db } from '#db/client.ts'
import { closeOutbox, openOutbox } from '#db/outbox.ts'
import { createProduct, createShop, now } from '#tests/support/cast.ts'
import { createImageBytes } from '#tests/support/images.ts'
import { startShop } from '#tests/support/running-shop.ts'
import { createScratchDatabase, startScratchServer } from '#tests/support/scratch.ts'
import { createVisitor } from '#tests/support/visitor.ts'
import { buildIfStale } from '../scripts/build-if-stale.ts'
import { findChromium } from '../scripts/chromium.ts'

const lighthouse = 'lighthouse@13.5.0'

const { values } = parseArgs({
  options: { json: { type: 'string' }, runs: { type: 'string', default: '3' } },
})
const runs = Number(values.runs)

type Audit = { numericValue?: number; displayValue?: string }
type Report = { categories: Record<string, { score: number | null }>; audits: Record<string, Audit> }

await buildIfStale()
const chromium = await findChromium()
if (!chromium.path) throw new Error(chromium.message)

const server = await startScratchServer()
try {
  const databaseUrl = await createScratchDatabase(server, 'lighthouse')
  connect(databaseUrl, { max: 4 })
  await openOutbox()
  const { olga } = await createShop()
  const shop = await startShop({ databaseUrl }, { LOG_LEVEL: 'error' })
  try {
    console.table(await measure(shop.origin, await fillShop(olga)))
  } finally {
    await shop.stop()
  }
  await closeOutbox()
  await closeDb()
} finally {
  await server.stop()
}

/** Twelve products with images in a collection. */
async function fillShop(by: number) {
  const products = []
  for (let index = 0; index < 12; index += 1) {
    const product = await createProduct({ title: `Clay pot ${index + 1}`, price: 1_900 + 100 * index })
    const bytes = await createImageBytes({ width: 1200, height: 1500 })
    const stored = await storeUpload({ filename: 'pot.png', bytes })
    if (!stored.ok) throw new Error(stored.reason)
    await addProductImages({ productId: product.productId, hashes: [stored.hash], by })
    products.push(product)
  }
  const collection = await createCollection({
    ...{ title: 'Garden', handle: 'garden', description: '<p>Pots for outside.</p>', parentId: null },
    ...{ kind: 'manual', match: 'all', rules: [], isShown: true, publishedAt: null, position: 1 },
    ...{ seoTitle: '', seoDescription: '', now, by },
  })
  if (!collection.ok) throw new Error(collection.reason)
  await addMembers({ collectionId: collection.id, productIds: products.map((one) => one.productId), by })
  for (;;) {
    const [row] = await db.execute<{ count: number }>(
      sql`select count(*)::int as count from media where status = 'pending'`,
    )
    if (row!.count === 0) return products[0]!
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

async function measure(origin: string, product: { handle: string; variantId: number }) {
  const shopper = createVisitor(origin)
  await shopper.post('/cart/lines', { variantId: String(product.variantId), quantity: '1' })
  await shopper.get('/cart')
  const cookie = `sid=${shopper.cookies.get('sid')}`
  const pages: [string, string, string?][] = [
    ['home', '/'],
    ['collection', '/collections/garden'],
    ['product', `/products/${product.handle}`],
    ['cart', '/cart', cookie],
    ['checkout', '/checkout', cookie],
    ['login', '/login'],
  ]
  const rows: Record<string, Record<string, number | string>> = {}
  for (const [name, address, cookies] of pages) {
    // Once before, so that the page cache is filled, as in a store that has visitors.
    for (let times = 0; times < 2; times += 1) await createVisitor(origin).get(address)
    const reports: Report[] = []
    for (let run = 0; run < runs; run += 1) reports.push(await audit(origin + address, cookies))
    reports.sort((a, b) => performanceOf(a) - performanceOf(b))
    const report = reports[Math.floor(runs / 2)]!
    if (values.json) {
      await mkdir(values.json, { recursive: true })
      await writeFile(path.join(values.json, `${name}.json`), JSON.stringify(report, null, 1))
    }
    rows[name] = rowOf(report)
  }
  return rows
}

async function audit(address: string, cookie?: string): Promise<Report> {
  const { stdout } = await promisify(execFile)(
    'npx',
    [
      ...['--yes', lighthouse, address, '--quiet', '--output=json', '--output-path=stdout'],
      '--no-enable-error-reporting',
      '--throttling-method=devtools',
      '--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-background-networking',
      ...(cookie ? [`--extra-headers=${JSON.stringify({ Cookie: cookie })}`] : []),
    ],
    { env: { ...process.env, CHROME_PATH: chromium.path! }, maxBuffer: 64 * 1024 * 1024 },
  )
  return JSON.parse(stdout) as Report
}

function performanceOf(report: Report): number {
  return report.categories.performance?.score ?? 0
}

function rowOf({ categories, audits }: Report) {
  const score = (name: string) => Math.round(100 * (categories[name]?.score ?? 0))
  const milliseconds = (name: string) => Math.round(audits[name]?.numericValue ?? 0)
  return {
    performance: score('performance'),
    accessibility: score('accessibility'),
    'best practices': score('best-practices'),
    SEO: score('seo'),
    'FCP ms': milliseconds('first-contentful-paint'),
    'LCP ms': milliseconds('largest-contentful-paint'),
    'TBT ms': milliseconds('total-blocking-time'),
    CLS: Number((audits['cumulative-layout-shift']?.numericValue ?? 0).toFixed(3)),
    KB: Math.round((audits['total-byte-weight']?.numericValue ?? 0) / 1024),
  }
}
