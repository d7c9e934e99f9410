/** States and labels of an import, for pages and commands alike. */

export type ImportStatus =
  'uploaded' | 'reading' | 'ready' | 'applying' | 'applied' | 'failed' | 'discarded' | 'undoing' | 'undone'
export type ImportAction = 'create' | 'update' | 'unchanged' | 'skip'

export type ImportFacts = {
  status: ImportStatus
  byteSize: number
  failure: string | null
  createCount: number
  updateCount: number
  appliedCount: number
  undoneCount: number
  keptCount: number
}

/** A job is running, or queued. */
export function isRunning({ status }: Pick<ImportFacts, 'status'>): boolean {
  return status === 'uploaded' || status === 'reading' || status === 'applying' || status === 'undoing'
}

/** How many products applying would write. */
export function pendingCount({ createCount, updateCount, appliedCount }: ImportFacts): number {
  return createCount + updateCount - appliedCount
}

/** There are changes to apply, and no job is applying them. */
export function isApplicable(facts: ImportFacts): boolean {
  const isStuck = facts.status === 'applying' && facts.failure !== null
  return (facts.status === 'ready' || isStuck) && pendingCount(facts) > 0
}

/** The whole file was uploaded, and its dry run failed, is not running, or may be repeated. */
export function isReadable({ status, byteSize, failure }: ImportFacts): boolean {
  if (byteSize === 0) return false
  return status === 'ready' || status === 'failed' || (status === 'reading' && failure !== null)
}

export function isDiscardable({ status }: Pick<ImportFacts, 'status'>): boolean {
  return status === 'uploaded' || status === 'reading' || status === 'ready' || status === 'failed'
}

/** It changed products, and no job is undoing it. */
export function isUndoable({ status, failure, appliedCount }: ImportFacts): boolean {
  const isStuck = status === 'undoing' && failure !== null
  return (status === 'applied' || isStuck) && appliedCount > 0
}

/** Why a product stays as it is when its import is undone. */
export const keptReasons = {
  changed: 'It was changed after the import.',
  deleted: 'It was deleted after the import.',
  ordered: 'It was new and has been ordered.',
  'in-use': 'It was new and is now in a collection, a promotion or the search settings, or has reviews.',
  sold: 'Units were sold after the import, so the stock would be less than zero.',
  refused: 'The database rejected the change.',
}
