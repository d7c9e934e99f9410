import type { ImportAction } from '#app/domain/imports/imports.ts'

/** The parts of an import's page, in the order of its tabs. */
export const shows = ['update', 'create', 'errors', 'warnings', 'unchanged', 'skip'] as const
export type Shown = (typeof shows)[number]

export const shownWords = {
  update: 'Changed',
  create: 'New',
  errors: 'Rejected',
  warnings: 'Warnings',
  unchanged: 'Unchanged',
  skip: 'Skipped',
} satisfies Record<Shown, string>

export const emptyWords = {
  update: 'No product is changed',
  create: 'No product is new',
  errors: 'No product was rejected',
  warnings: 'No warnings',
  unchanged: 'No product is unchanged',
  skip: 'No product is skipped',
} satisfies Record<Shown, string>

type Counts = {
  createCount: number
  updateCount: number
  unchangedCount: number
  skippedCount: number
  errorCount: number
  warningCount: number
}

export function countOf(counts: Counts, show: Shown): number {
  if (show === 'create') return counts.createCount
  if (show === 'update') return counts.updateCount
  if (show === 'unchanged') return counts.unchangedCount
  if (show === 'skip') return counts.skippedCount
  return show === 'errors' ? counts.errorCount : counts.warningCount
}

export function isAction(show: Shown): show is ImportAction {
  return show !== 'errors' && show !== 'warnings'
}
