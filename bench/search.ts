import { Agent } from 'node:http'
import { performance } from 'node:perf_hooks'
import postgres from 'postgres'
import { recountSearchWords, refreshSearchWords } from '#app/domain/search/refresh-words.server.ts'
import { searchScope, understand } from '#app/domain/search/search.server.ts'
import { suggest } from '#app/domain/search/suggest.server.ts'
import { listFacets } from '#app/domain/storefront/facets.server.ts'
import { emptyListing } from '#app/domain/storefront/listing.ts'
import { countProducts, listProducts } from '#app/domain/storefront/listing.server.ts'
import { allProducts } from '#app/domain/storefront/scope.server.ts'
import { urls } from '#app/urls.ts'
import { closeDb, connect } from '#db/client.ts'
import { closeOutbox, openOutbox } from '#db/outbox.ts'
import { createShop } from '#tests/support/cast.ts'
import { random } from '#tests/support/random.ts'
import { createScratchDatabase, onDatabase, databaseAt, startScratchServer } from '#tests/support/scratch.ts'
import { vocabulary, writeCatalog } from './catalog.ts'
import { compare, type Figure, median, quantile, single } from './figures.ts'
import { compressedHeaders, get } from './load.ts'
import { startTill } from './processes.ts'

const queriesPerKind = 100
const warmUp = 20
const goalMs = 25
/** The job adds the words of this many products at most: those of a larger catalog are the same. */
const maxQueued = 100_000
const imported = 20_000

/**
 * Searches in generated catalogs of these sizes, as the results page does: the query, the first page with the number of
 * results, and the facets; then suggestions.
 * Times are those of the caller, over one connection. Then what a product write and the words of the catalog cost, how
 * much longer searches take in the largest catalog, and what search adds to an import.
 */
export async function run({ sizes }: { sizes: number[] }): Promise<Figure[]> {
  const server = await startScratchServer()
  try {
    const figures: Figure[] = []
    for (const size of sizes) figures.push(...(await measure(server, size)))
    figures.push(...growth(figures, sizes), await timeImport(server))
    return figures
  } finally {
    await server.stop()
  }
}

type Server = Awaited<ReturnType<typeof startScratchServer>>

async function measure(server: Server, size: number): Promise<Figure[]> {
  const name = `search_${size}`
  const url = await createScratchDatabase(server, name)
  connect(url, { statementTimeoutMs: 600_000 })
  await openOutbox()
  await createShop()
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  const [titles, writeMs] = await timed(() => writeCatalog(sql, size))
  if (size > maxQueued)
    await sql`delete from search_queue where id > (select min(id) + ${maxQueued} from search_queue)`
  const [, wordsMs] = await timed(refreshSearchWords)
  const [, recountMs] = await timed(recountSearchWords)
  await onDatabase(databaseAt(server.ownerUrl, name), (owner) => owner`vacuum analyze`)
  const what = (text: string) => `${size} products: ${text}`
  const figures: Figure[] = []
  const queries = Object.entries(queriesOf(titles))
  for (const [kind, own] of queries) figures.push(...(await timeKind(what(kind), own, size)))
  const till = await startTill(url, { TRUST_PROXY: '1' })
  for (const [kind, own] of queries) figures.push(...(await timePages(what(kind), own, till.origin)))
  await till.stop()
  const [stored] = await sql<{ bytes: number }[]>`
    select sum(pg_total_relation_size(oid))::float8 as bytes from pg_class where relkind = 'r' and relname ~ '^search_'`
  figures.push(
    single({ what: what('search tables and indexes'), unit: 'MB', value: stored!.bytes / 2 ** 20 }),
    single({ what: what('written, with documents'), unit: 'ms/product', value: writeMs / size }),
    single({
      what: what('words added by the job'),
      unit: 'ms/product',
      value: wordsMs / Math.min(size, maxQueued),
    }),
    single({ what: what('words counted once a day'), unit: 's', value: recountMs / 1000 }),
    ...(await timeWrites(sql, what)),
  )
  await sql.end()
  await closeOutbox()
  await closeDb()
  return figures
}

/** Queries by kind. Word ranks follow the catalog's own law: the first words of the vocabulary are the most common. */
function queriesOf(titles: string[]): Record<string, string[]> {
  const next = random(5)
  const words = vocabulary()
  const below = (count: number) => Math.floor(next() * count)
  const many = (make: () => string) => Array.from({ length: queriesPerKind + warmUp }, make)
  const titleWord = () => {
    const title = titles[below(titles.length)]!.split(' ')
    return title[below(title.length)]!
  }
  const misspelled = (word: string) => {
    const at = 1 + below(word.length - 1)
    return word.slice(0, at) + 'abcdefghijklmnopqrstuvwxyz'[below(26)] + word.slice(at + 1)
  }
  return {
    'rare word': many(() => words[2_000 + below(8_000)]!),
    'common word': many(() => words[below(150)]!),
    'two words': many(() => `${titleWord()} ${words[below(150)]}`),
    title: many(() => titles[below(titles.length)]!),
    typo: many(() => misspelled(titleWord())),
    prefix: many(() => titleWord().slice(0, 2 + below(4))),
    SKU: many(() => `SKU-${below(titles.length)}-1`),
    'no match': many(() => `zz${below(1e9)}qq`),
  }
}

async function timeKind(what: string, queries: string[], size: number): Promise<Figure[]> {
  const times = { list: [] as number[], facets: [] as number[], suggestions: [] as number[] }
  for (const [index, query] of queries.entries()) {
    const scope = { current: allProducts }
    const [, listMs] = await timed(async () => {
      scope.current = searchScope(await understand(query))
      await listProducts(scope.current, emptyListing)
      await countProducts(scope.current, emptyListing)
    })
    const [, facetsMs] = await timed(() => listFacets(scope.current, emptyListing))
    const [, suggestionsMs] = await timed(() => suggest(query))
    if (index < warmUp) continue
    times.list.push(listMs)
    times.facets.push(facetsMs)
    times.suggestions.push(suggestionsMs)
  }
  return Object.entries(times).flatMap(([part, values]) => {
    const p95 = quantile(values, 0.95)
    return [
      single({ what: `${what}, ${part} p50`, unit: 'ms', value: median(values) }),
      single({
        ...{ what: `${what}, ${part} p95`, unit: 'ms', value: p95 },
        ...(size === 100_000 && { goal: `< ${goalMs}`, holds: p95 < goalMs }),
      }),
    ]
  })
}

/** The results page and the suggestions through HTTP, one request at a time. Each has an address and so a limit of its own. */
async function timePages(what: string, queries: string[], origin: string): Promise<Figure[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const addresses = { page: urls.search, suggestions: urls.searchSuggestions }
  const figures: Figure[] = []
  for (const [part, urlOf] of Object.entries(addresses)) {
    const times: number[] = []
    for (const [index, query] of queries.entries()) {
      const headers = { ...compressedHeaders, 'x-forwarded-for': `10.0.${index}.1` }
      const [, ms] = await timed(() => get(origin + urlOf(query), agent, headers))
      if (index >= warmUp) times.push(ms)
    }
    figures.push(
      single({ what: `${what}, ${part} through HTTP p50`, unit: 'ms', value: median(times) }),
      single({ what: `${what}, ${part} through HTTP p95`, unit: 'ms', value: quantile(times, 0.95) }),
    )
  }
  agent.destroy()
  return figures
}

/** A changed description and a sale that leaves stock, one transaction each. */
async function timeWrites(sql: postgres.Sql, what: (text: string) => string): Promise<Figure[]> {
  const texts: number[] = []
  const sales: number[] = []
  for (let index = 0; index < queriesPerKind; index += 1) {
    const [product] = await sql<{ id: number }[]>`
      select id from products order by id offset ${index * 7} limit 1`
    const [, textMs] = await timed(
      () => sql`update products set description = description || ' lantern' where id = ${product!.id}`,
    )
    const [, saleMs] = await timed(
      () => sql`update variants set stock = stock + 1 where product_id = ${product!.id} and position = 1`,
    )
    texts.push(textMs)
    sales.push(saleMs)
  }
  return [
    single({ what: what('changed description, p50'), unit: 'ms', value: median(texts) }),
    single({ what: what('changed stock, p50'), unit: 'ms', value: median(sales) }),
  ]
}

/** How many times longer the slowest of a hundred take in the largest catalog than in the smallest. */
function growth(figures: Figure[], sizes: number[]): Figure[] {
  const [smallest, largest] = [Math.min(...sizes), Math.max(...sizes)]
  if (smallest === largest) return []
  const prefix = `${largest} products: `
  return figures
    .filter(({ what }) => what.startsWith(prefix) && what.endsWith(' p95'))
    .map(({ what, value }) => {
      const part = what.slice(prefix.length)
      const before = figures.find((figure) => figure.what === `${smallest} products: ${part}`)!
      const ratio = value / before.value
      const isGoal = smallest === 10_000 && largest === 1_000_000
      return single({
        ...{ what: `${part}, of ${largest} against ${smallest}`, unit: 'times', value: ratio },
        ...(isGoal && { goal: '< 3', holds: ratio < 3 }),
      })
    })
}

/** Products of a new store, written with search and, as the reference, without its triggers. */
async function timeImport(server: Server): Promise<Figure> {
  const write = async (name: string, hasSearch: boolean) => {
    const url = await createScratchDatabase(server, name)
    const sql = postgres(url, { max: 1, onnotice: () => {} })
    await onDatabase(databaseAt(server.ownerUrl, name), async (owner) => {
      const triggers = await owner<{ table: string; name: string }[]>`
        select tgrelid::regclass::text as table, tgname as name from pg_trigger
        where tgname like '%\\_search%' and tgrelid in ('products'::regclass, 'variants'::regclass)`
      if (!hasSearch)
        for (const { table, name } of triggers)
          await owner`alter table ${owner(table)} disable trigger ${owner(name)}`
    })
    const [, ms] = await timed(() => writeCatalog(sql, imported))
    await sql.end()
    return ms / 1000
  }
  const reference = [await write('search_without', false)]
  const ours = [await write('search_with', true)]
  return compare({
    what: `${imported} products written, with search against without`,
    unit: 's',
    ours,
    reference,
  })
}

async function timed<T>(work: () => PromiseLike<T>): Promise<[T, number]> {
  const started = performance.now()
  const result = await work()
  return [result, performance.now() - started]
}
