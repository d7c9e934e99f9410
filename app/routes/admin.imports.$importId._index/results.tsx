import { useSearchParams } from '@remix-run/react'
import { EmptyState } from '#app/components/admin/empty-state.tsx'
import { withParams } from '#app/components/admin/list-params.ts'
import { Tabs } from '#app/components/admin/tabs.tsx'
import { Pagination } from '#app/components/pagination.tsx'
import { ChangeList } from './change-list.tsx'
import { DetectedFormat } from './detected-format.tsx'
import { FailedImageTable } from './failed-image-table.tsx'
import { KeptTable } from './kept-table.tsx'
import { ProblemTable } from './problem-table.tsx'
import type { getTabContent, ImportOfPage } from './tab-content.server.ts'
import { countForTab, emptyTabMessages, type ImportTab, importTabs, tabLabels } from './tabs.ts'

type Content = Awaited<ReturnType<typeof getTabContent>>

const nouns = {
  issues: ['problem', 'problems'],
  images: ['image', 'images'],
  changes: ['product', 'products'],
  kept: ['product', 'products'],
} satisfies Record<Content['kind'], [string, string]>

/** What the dry run found, and what became of the images, by tabs. */
export function Results({
  facts,
  show,
  list,
  page,
}: {
  facts: ImportOfPage
  show: ImportTab
  list: Content
  page: number
}) {
  const [params] = useSearchParams()
  const { waiting, fetched, failed } = facts.images
  const tabs = importTabs.filter(
    (tab) => (tab !== 'images' || waiting + fetched + failed > 0) && (tab !== 'kept' || facts.keptCount > 0),
  )
  return (
    <div className="panel">
      <DetectedFormat facts={facts} />
      <Tabs
        name="Filter results"
        values={tabs}
        labels={tabLabels}
        countOf={(tab) => countForTab(facts, tab)}
        current={show}
        to={(tab) => withParams(params, { show: tab })}
        keepsScroll
      />
      {list.total === 0 ? (
        <EmptyState title={emptyTabMessages[show]} />
      ) : list.kind === 'issues' ? (
        <ProblemTable
          issues={list.issues}
          importId={facts.id}
          severity={show === 'errors' ? 'error' : 'warning'}
        />
      ) : list.kind === 'kept' ? (
        <KeptTable kept={list.kept} />
      ) : list.kind === 'images' ? (
        <FailedImageTable images={list.images} importId={facts.id} />
      ) : (
        <ChangeList changes={list.changes} />
      )}
      <Pagination
        page={page}
        perPage={list.perPage}
        total={list.total}
        noun={nouns[list.kind]}
        to={(next) => withParams(params, { show, page: next })}
      />
    </div>
  )
}
