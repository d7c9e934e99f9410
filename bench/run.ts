/**
 * npm run bench -- NAME    (none: all of them)
 *
 * Each measurement runs on scratch databases, takes turns with its reference, prints a table and writes
 * bench/results/NAME.json. Figures are for comparing within one run; machines differ.
 */
import { type Figure, report } from './figures.ts'

const benches: Record<string, () => Promise<{ run(): Promise<Figure[]> }>> = {
  pages: () => import('./pages.ts'),
  orders: () => import('./orders.ts'),
  import: () => import('./import.ts'),
  streams: () => import('./streams.ts'),
}

const names = process.argv.slice(2)
const unknown = names.find((name) => !(name in benches))
if (unknown !== undefined) {
  console.error(`There is no measurement "${unknown}". Choose from: ${Object.keys(benches).join(', ')}`)
  process.exit(1)
}
for (const name of names.length > 0 ? names : Object.keys(benches)) {
  const bench = await benches[name]!()
  await report(name, await bench.run())
}
