/** States and labels of an import, for pages and commands alike. */

export type ImportStatus = 'uploaded' | 'reading' | 'ready' | 'applying' | 'applied' | 'failed' | 'discarded'
export type ImportAction = 'create' | 'update' | 'unchanged' | 'skip'

export type ImportFacts = {
  status: ImportStatus
  byteSize: number
  failure: string | null
  createCount: number
  updateCount: number
  appliedCount: number
}

/** A job is running, or queued. */
export function isRunning({ status }: Pick<ImportFacts, 'status'>): boolean {
  return status === 'uploaded' || status === 'reading' || status === 'applying'
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
  return status !== 'applying' && status !== 'applied' && status !== 'discarded'
}
