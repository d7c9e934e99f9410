/** Searches and clicks since the last time they were stored. */
export type SearchBatch = {
  searches: Map<string, { searches: number; results: number }>
  /** By query, then by the handle of the product. */
  clicks: Map<string, Map<string, number>>
  /** Distinct queries and products in it. */
  size: number
}

/** Distinct entries of a batch. Made-up queries beyond it are not counted, so that they cannot fill the memory. */
export const maxBatchSize = 1_000

export function createBatch(): SearchBatch {
  return { searches: new Map(), clicks: new Map(), size: 0 }
}

/** Counts a search for a query, as `countedQuery` folds it, and how many products it found. */
export function addSearch(batch: SearchBatch, query: string, results: number): void {
  const counted = batch.searches.get(query)
  if (!counted && !hasRoom(batch)) return
  batch.searches.set(query, { searches: (counted?.searches ?? 0) + 1, results })
}

/** Counts that a product was opened from the results or suggestions of a query. */
export function addClick(batch: SearchBatch, query: string, handle: string): void {
  const ofQuery = batch.clicks.get(query) ?? new Map<string, number>()
  const counted = ofQuery.get(handle)
  if (counted === undefined && !hasRoom(batch)) return
  batch.clicks.set(query, ofQuery.set(handle, (counted ?? 0) + 1))
}

/** Takes the room of one entry, if there is any. */
function hasRoom(batch: SearchBatch): boolean {
  if (batch.size >= maxBatchSize) return false
  batch.size += 1
  return true
}
