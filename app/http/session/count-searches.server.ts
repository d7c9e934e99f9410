import { isStaff } from '#app/domain/access/roles.ts'
import { countedQuery } from '#app/domain/reports/counted-query.ts'
import { addClick, addSearch, createBatch } from '#app/domain/reports/search-batch.ts'
import { storeSearches } from '#app/domain/reports/store-searches.server.ts'
import { log } from '#app/http/server/log.ts'
import { isPageView, isSameSearch, searchBefore } from '#app/http/pages/search-visits.ts'
import { env } from '#env'
import { getVisitor, type Visitor } from './session.server.ts'

/** Counters are written this long after the first of them, all at once. A crash loses what was counted since. */
const storeAfterMs = 10_000

let batch = createBatch()
let timer: NodeJS.Timeout | undefined

/** Counts the search of a results page, unless it continues the one before it. Bots and staff are left out. */
export function countSearch(request: Request, visitor: Visitor, counted: { query: string; results: number }) {
  const headerOf = (name: string) => request.headers.get(name)
  const query = countedQuery(counted.query)
  if (query === null || request.method !== 'GET' || !isPageView(headerOf) || isStaff(visitor.user)) return
  if (isSameSearch(headerOf, query, env.appOrigin)) return
  addSearch(batch, query, counted.results)
  storeLater()
}

/** Counts that a product was opened from a search (readSearchClick). Staff are left out. */
export async function countSearchClick(click: { handle: string; query: string }, cookies: string) {
  try {
    const { user } = await getVisitor(new Request(env.appOrigin, { headers: { cookie: cookies } }))
    if (isStaff(user)) return
    addClick(batch, click.query, click.handle)
    storeLater()
  } catch (error) {
    log.warn({ err: error }, 'click on a search result not counted')
  }
}

/** The query to remember with what is added from a product's page; null for staff. */
export async function readSearchOfProduct(request: Request, handle: string): Promise<string | null> {
  const typed = searchBefore((name) => request.headers.get(name), handle, env.appOrigin)
  const query = typed === null ? null : countedQuery(typed)
  if (query === null) return null
  return isStaff((await getVisitor(request)).user) ? null : query
}

/** Writes what was counted since the last time: when its time has come, and when the process stops. */
export async function storeCountedSearches(): Promise<void> {
  clearTimeout(timer)
  timer = undefined
  const counted = batch
  batch = createBatch()
  if (counted.size === 0) return
  try {
    await storeSearches(counted, new Date())
  } catch (error) {
    log.warn({ err: error, entries: counted.size }, 'counters of searches lost')
  }
}

function storeLater() {
  timer ??= setTimeout(() => void storeCountedSearches(), storeAfterMs).unref()
}
