/**
 * npm run bench -- NAME    (none: all of them)
 * npm run bench -- checkout --orders 400 --pages 2000 --profile    (fewer than usual, with a CPU profile)
 * npm run bench -- search --products 10000,100000,1000000
 *
 * Each benchmark runs on scratch databases, alternates with its reference, prints a table and writes
 * bench/results/NAME.json. Compare figures only within one run; machines differ.
 */
import { parseArgs } from 'node:util'
import { type Figure, report } from './figures.ts'

const { positionals: names, values } = parseArgs({
  allowPositionals: true,
  options: {
    orders: { type: 'string', default: '10000' },
    pages: { type: 'string', default: '100000' },
    products: { type: 'string', default: '10000' },
    profile: { type: 'boolean', default: false },
  },
})
const counts = { orders: Number(values.orders), pages: Number(values.pages), profile: values.profile }

const benches: Record<string, () => Promise<() => Promise<Figure[]>>> = {
  pages: async () => (await import('./pages.ts')).run,
  orders: async () => (await import('./orders.ts')).run,
  import: async () => (await import('./import.ts')).run,
  search: async () => {
    const { run } = await import('./search.ts')
    return () => run({ sizes: values.products.split(',').map(Number) })
  },
  feed: async () => {
    const { run } = await import('./feed.ts')
    return () => run({ sizes: values.products.split(',').map(Number) })
  },
  streams: async () => (await import('./streams.ts')).run,
  checkout: async () => {
    const { run } = await import('./checkout.ts')
    return () => run(counts)
  },
}

const unknown = names.find((name) => !(name in benches))
if (unknown !== undefined) {
  console.error(`There is no benchmark "${unknown}". Choose from: ${Object.keys(benches).join(', ')}`)
  process.exit(1)
}
for (const name of names.length > 0 ? names : Object.keys(benches)) {
  const run = await benches[name]!()
  await report(name, await run())
}
