import type { ImportAction } from '#app/domain/imports/imports.ts'

/** The tabs of an import's page, in order; "kept" and "images" only where there are some. */
export const importTabs = [
  'kept',
  'update',
  'create',
  'errors',
  'warnings',
  'unchanged',
  'skip',
  'images',
] as const
export type ImportTab = (typeof importTabs)[number]

export const tabLabels = {
  kept: 'Not undone',
  update: 'Changed',
  create: 'New',
  errors: 'Rejected',
  warnings: 'Warnings',
  unchanged: 'Unchanged',
  skip: 'Skipped',
  images: 'Failed images',
} satisfies Record<ImportTab, string>

export const emptyTabMessages = {
  kept: 'All products were undone',
  update: 'No changed products',
  create: 'No new products',
  errors: 'No rejected products',
  warnings: 'No warnings',
  unchanged: 'No unchanged products',
  skip: 'No skipped products',
  images: 'No failed images',
} satisfies Record<ImportTab, string>

/** Products that were not undone or rejected first: they need the merchant. */
export function defaultTab(counts: Counts): ImportTab {
  if (counts.keptCount > 0) return 'kept'
  if (counts.errorCount > 0) return 'errors'
  return importTabs.find((each) => countForTab(counts, each) > 0) ?? 'create'
}

type Counts = {
  createCount: number
  updateCount: number
  unchangedCount: number
  skippedCount: number
  errorCount: number
  warningCount: number
  keptCount: number
  images: { failed: number }
}

export function countForTab(counts: Counts, show: ImportTab): number {
  if (show === 'kept') return counts.keptCount
  if (show === 'create') return counts.createCount
  if (show === 'update') return counts.updateCount
  if (show === 'unchanged') return counts.unchangedCount
  if (show === 'skip') return counts.skippedCount
  if (show === 'images') return counts.images.failed
  return show === 'errors' ? counts.errorCount : counts.warningCount
}

export function isAction(show: ImportTab): show is ImportAction {
  return show !== 'errors' && show !== 'warnings' && show !== 'images' && show !== 'kept'
}
