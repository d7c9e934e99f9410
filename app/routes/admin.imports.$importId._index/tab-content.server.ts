import type { ProductState } from '#app/domain/products/product-state.ts'
import {
  changesPerPage,
  type Import,
  listChanges,
  listKept,
  listIssues,
  issuesPerPage,
} from '#app/domain/imports/imports.server.ts'
import {
  failedImagesPerPage,
  type ImageCounts,
  listFailedImages,
} from '#app/domain/imports/image-fetches.server.ts'
import { createSummary, updateSummary } from '#app/domain/imports/summary.ts'
import { countForTab, isAction, type ImportTab } from './tabs.ts'

/** An import with the counts of its images. */
export type ImportOfPage = Import & { images: ImageCounts }

/** The content of one tab: the products of the change set, reduced to what the page needs, or the problems by line. */
export async function getTabContent(found: ImportOfPage, show: ImportTab, page: number) {
  if (show === 'images') {
    const images = await listFailedImages(found.id, page)
    return { kind: 'images' as const, images, total: found.images.failed, perPage: failedImagesPerPage }
  }
  if (show === 'kept') {
    const kept = await listKept(found.id, page)
    return { kind: 'kept' as const, kept, total: found.keptCount, perPage: changesPerPage }
  }
  if (!isAction(show)) {
    const severity = show === 'errors' ? 'error' : 'warning'
    const { issues, total } = await listIssues(found.id, severity, page)
    return { kind: 'issues' as const, issues, total, perPage: issuesPerPage }
  }
  const rows = await listChanges(found.id, show, page)
  const changes = rows.map(({ id, line, handle, title, action, productId, appliedAt, before, after }) => ({
    ...{ id, line, handle, title, action, productId, appliedAt },
    create: action === 'create' ? createSummary(after as ProductState) : null,
    update: action === 'update' ? updateSummary(before as ProductState, after as ProductState) : null,
  }))
  return { kind: 'changes' as const, changes, total: countForTab(found, show), perPage: changesPerPage }
}

export type ListedChange = Extract<
  Awaited<ReturnType<typeof getTabContent>>,
  { kind: 'changes' }
>['changes'][number]
export type ListedProblem = Extract<
  Awaited<ReturnType<typeof getTabContent>>,
  { kind: 'issues' }
>['issues'][number]
