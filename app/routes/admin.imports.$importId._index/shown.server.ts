import type { ProductState } from '#app/domain/catalog/product-state.ts'
import {
  changesPerPage,
  type Import,
  listChanges,
  listProblems,
  problemsPerPage,
} from '#app/domain/imports/imports.server.ts'
import { createSummary, updateSummary } from '#app/domain/imports/summary.ts'
import { countOf, isAction, type Shown } from './shown.ts'

/** What one tab shows: products of the change set, cut down to what a page needs, or problems by line. */
export async function listShown(found: Import, show: Shown, page: number) {
  if (!isAction(show)) {
    const severity = show === 'errors' ? 'error' : 'warning'
    const { problems, total } = await listProblems(found.id, severity, page)
    return { kind: 'problems' as const, problems, total, perPage: problemsPerPage }
  }
  const rows = await listChanges(found.id, show, page)
  const changes = rows.map(({ id, line, handle, title, action, productId, appliedAt, before, after }) => ({
    ...{ id, line, handle, title, action, productId, appliedAt },
    create: action === 'create' ? createSummary(after as ProductState) : null,
    update: action === 'update' ? updateSummary(before as ProductState, after as ProductState) : null,
  }))
  return { kind: 'changes' as const, changes, total: countOf(found, show), perPage: changesPerPage }
}

export type ShownChange = Extract<
  Awaited<ReturnType<typeof listShown>>,
  { kind: 'changes' }
>['changes'][number]
export type ShownProblem = Extract<
  Awaited<ReturnType<typeof listShown>>,
  { kind: 'problems' }
>['problems'][number]
