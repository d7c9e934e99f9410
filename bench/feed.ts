import { performance } from 'node:perf_hooks'
import { Readable } from 'node:stream'
import postgres from 'postgres'
import { urls } from '#app/urls.ts'
import { closeDb, connect } from '#db/client.ts'
import { closeOutbox, openOutbox } from '#db/outbox.ts'
import { createShop } from '#tests/support/cast.ts'
import { createScratchDatabase, databaseAt, onDatabase, startScratchServer } from '#tests/support/scratch.ts'
import { writeCatalog } from './catalog.ts'
import { type Figure, single } from './figures.ts'
import { metricsToken, startTill } from './processes.ts'

/** The product feed and a sitemap file of generated catalogs: time, size, and the memory of the server meanwhile. */
export async function run({ sizes }: { sizes: number[] }): Promise<Figure[]> {
  const server = await startScratchServer()
  try {
    const figures: Figure[] = []
    for (const size of sizes) figures.push(...(await measure(server, size)))
    return figures
  } finally {
    await server.stop()
  }
}

async function measure(
  server: Awaited<ReturnType<typeof startScratchServer>>,
  size: number,
): Promise<Figure[]> {
  const name = `feed_${size}`
  const url = await createScratchDatabase(server, name)
  connect(url, { statementTimeoutMs: 600_000 })
  await openOutbox()
  await createShop()
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  await writeCatalog(sql, size)
  await sql.end()
  await closeOutbox()
  await closeDb()
  await onDatabase(databaseAt(server.ownerUrl, name), (owner) => owner`vacuum analyze`)
  // Without the worker, whose jobs read the new catalog meanwhile.
  const till = await startTill(url, { TRUST_PROXY: '1', ROLE: 'web' })
  try {
    await download(till.origin, urls.sitemap())
    await till.memory()
    const feed = await download(till.origin, urls.googleFeed())
    const pair = await Promise.all([
      download(till.origin, urls.googleFeed()),
      download(till.origin, urls.googleFeed(), { 'accept-encoding': 'gzip' }),
    ])
    const unchanged = await download(till.origin, urls.googleFeed(), { 'if-none-match': feed.etag })
    const sitemap = await download(till.origin, urls.sitemapFile('products', 1))
    const figure = (what: string, unit: string, value: number) =>
      single({ what: `${size} products: ${what}`, unit, value })
    return [
      figure('items of the feed', 'items', feed.items),
      figure('feed', 'MB', feed.bytes / 2 ** 20),
      figure('feed', 's', feed.ms / 1000),
      figure('memory (RSS) before the feed', 'MB', feed.before / 2 ** 20),
      figure('highest memory (RSS) during the feed', 'MB', feed.highest / 2 ** 20),
      figure('two downloads at once, one compressed', 's', Math.max(...pair.map(({ ms }) => ms)) / 1000),
      figure(
        'highest memory (RSS) during two downloads',
        'MB',
        Math.max(...pair.map(({ highest }) => highest)) / 2 ** 20,
      ),
      figure(`feed unchanged (${unchanged.status})`, 'ms', unchanged.ms),
      figure('first sitemap file', 'ms', sitemap.ms),
      figure('first sitemap file', 'MB', sitemap.bytes / 2 ** 20),
    ]
  } finally {
    await till.stop()
  }
}

let addresses = 0

/** Reads a file to its end without holding it, and samples the memory of the server. */
async function download(origin: string, path: string, headers: Record<string, string> = {}) {
  addresses += 1
  const before = await residentBytes(origin)
  let highest = before
  const sample = setInterval(() => {
    void residentBytes(origin).then((bytes) => (highest = Math.max(highest, bytes)))
  }, 250)
  const start = performance.now()
  const response = await fetch(origin + path, {
    headers: { 'accept-encoding': 'identity', 'x-forwarded-for': `10.0.0.${addresses}`, ...headers },
  })
  let bytes = 0
  let items = 0
  let rest = ''
  const body = response.body ? Readable.fromWeb(response.body as never) : Readable.from([])
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    bytes += chunk.length
    const text = rest + Buffer.from(chunk).toString('latin1')
    items += text.split('</item>').length - 1
    rest = text.slice(Math.max(text.lastIndexOf('</item>') + '</item>'.length, text.length - '</item'.length))
  }
  const ms = performance.now() - start
  clearInterval(sample)
  if (response.status !== 200 && response.status !== 304) throw new Error(`${response.status} for ${path}`)
  return {
    status: response.status,
    etag: response.headers.get('etag') ?? '',
    bytes,
    items,
    ms,
    before,
    highest,
  }
}

async function residentBytes(origin: string): Promise<number> {
  const response = await fetch(`${origin}/metrics`, { headers: { authorization: `Bearer ${metricsToken}` } })
  return Number(/^process_resident_memory_bytes (\S+)/m.exec(await response.text())![1])
}
