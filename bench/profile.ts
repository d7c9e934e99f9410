import type { Profiler } from 'node:inspector'

export type Share = { part: string; percent: number }

const matching =
  /flattenRoutes|matchRoute|rankRoute|compilePath|explodeOptional|computeScore|compareIndexes|createServerRoutes|RoutesToDataRoutes|createRoutes|createEntryRouteModules|groupRoutesByParentId|getRouteComponents|getDataRoutes|matchServerRoutes/

/** Packages by file; the first match counts. */
const parts: [part: string, file: RegExp][] = [
  ['React', /\/node_modules\/(react|react-dom|scheduler)\//],
  [
    'Remix and its router',
    /\/node_modules\/(@remix-run|react-router|react-router-dom|turbo-stream|set-cookie-parser|cookie)\//,
  ],
  ['postgres.js', /\/node_modules\/postgres\//],
  ['Drizzle', /\/assets\/drizzle-|\/node_modules\/drizzle-orm\//],
  [
    'emails',
    /\/node_modules\/(@react-email|prettier|html-to-text|htmlparser2|selderee|parseley|domhandler|entities|nodemailer)\//,
  ],
  ['jobs (pg-boss, pg)', /\/node_modules\/(pg-boss|pg|pg-[a-z]+|postgres-[a-z]+|cron-parser|luxon)\//],
  ['web streams and fetch', /^node:internal\/(webstreams|deps\/undici|encoding|abort|event_target|url)/],
  [
    'HTTP and Express',
    /\/node_modules\/(express|compression|helmet|send|prom-client)\/|^node:(_http|internal\/http|net|tls)/,
  ],
  ['Node', /^node:/],
  ['other packages', /\/node_modules\//],
  ['the shop', /\/(app|jobs|db|build)\/|\/(server|env\.server)\.ts/],
]

/** The share of busy time of each part, largest first; idle time is excluded. */
export function sharesOf(profile: Profiler.Profile): Share[] {
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]))
  const partById = new Map<number, string>()
  const visit = (id: number, caller: string) => {
    const { callFrame, children = [] } = nodes.get(id)!
    const part = partOf(callFrame, caller)
    partById.set(id, part)
    for (const child of children) visit(child, part)
  }
  visit(profile.nodes[0]!.id, 'Node')
  const spent = new Map<string, number>()
  profile.samples?.forEach((id, index) => {
    const part = partById.get(id)!
    spent.set(part, (spent.get(part) ?? 0) + (profile.timeDeltas?.[index] ?? 0))
  })
  spent.delete('waiting')
  const busy = [...spent.values()].reduce((sum, time) => sum + time, 0)
  return [...spent]
    .map(([part, time]) => ({ part, percent: (100 * time) / busy }))
    .sort((a, b) => b.percent - a.percent)
}

/** Built-ins have no file and count for their caller, except that Intl has a row of its own. */
function partOf({ functionName, url }: { functionName: string; url: string }, caller: string): string {
  if (functionName === '(idle)' || url === 'node:inspector') return 'waiting'
  if (functionName === '(garbage collector)') return 'garbage collection'
  if (functionName === '(program)') return 'native code'
  if (matching.test(functionName)) return 'route matching'
  if (url !== '') return parts.find(([, file]) => file.test(url.replace(/^file:\/\//, '')))?.[0] ?? 'other'
  return /Intl|DisplayNames|DateTimeFormat|NumberFormat|localeCompare|toLocale/.test(functionName)
    ? 'Intl'
    : caller
}
