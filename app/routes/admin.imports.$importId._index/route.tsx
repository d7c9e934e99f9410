import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { EmptyState } from '#app/components/admin/empty-state.tsx'
import { ImportStatus } from '#app/components/admin/import-status.tsx'
import { oneOf, pageOf } from '#app/components/admin/list-params.ts'
import { DateTime } from '#app/components/date-time.tsx'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { revalidateOn } from '#app/components/live/revalidate-on.ts'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import {
  isApplicable,
  isDiscardable,
  isReadable,
  isRunning,
  isUndoable,
} from '#app/domain/imports/imports.ts'
import { formatCount, formatNumber } from '#app/domain/intl.ts'
import { countImages } from '#app/domain/imports/image-fetches.server.ts'
import { getImport, type Import } from '#app/domain/imports/imports.server.ts'
import { livePosition } from '#app/domain/realtime/hub-instance.ts'
import { topics } from '#app/domain/realtime/topics.ts'
import { grantToVisitor } from '#app/http/events/event-stream-grant.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import { getVisitor } from '#app/http/session/session.server.ts'
import { urls } from '#app/urls.ts'
import { ActionForm } from '#app/components/admin/action-form.tsx'
import { ImageProgress } from './image-progress.tsx'
import { JobProgress } from './job-progress.tsx'
import { getTabContent } from './tab-content.server.ts'
import { Results } from './results.tsx'
import { defaultTab, type ImportTab, importTabs } from './tabs.ts'

export const handle = {
  access: 'catalog',
  reloadSeconds: (data: { import: Import }) => (isRunning(data.import) ? 3 : null),
} satisfies RouteHandle

export const meta = () => adminMeta('Import')

export async function loader({ request, params }: LoaderFunctionArgs) {
  const position = livePosition()
  const { sessionId } = await getVisitor(request)
  const id = parseId(params.importId)
  const [facts, images] = await Promise.all([getImport(id), countImages(id)])
  const found = { ...orNotFound(facts), images }
  const search = new URL(request.url).searchParams
  const show: ImportTab = search.has('show') ? oneOf(importTabs, search.get('show')) : defaultTab(found)
  const page = pageOf(search)
  const list = await getTabContent(found, show, page)
  const live = grantToVisitor(request, { sessionId, position, topics: [topics.import(found.id)] })
  return { import: found, show, page, list, live }
}

export const shouldRevalidate = revalidateOn(['import'])

export default function ImportPage() {
  const { import: facts, show, list, page } = useLoaderData<typeof loader>()
  const isClosed = facts.status === 'discarded' || facts.status === 'failed'
  return (
    <>
      <PageHead
        crumbs={[{ to: urls.admin.imports(), label: 'Imports' }]}
        title={facts.filename}
        mark={<ImportStatus of={facts} />}
        about={<About facts={facts} />}
      >
        {isDiscardable(facts) && (
          <ActionForm to={urls.admin.discardImport(facts.id)} look="button">
            Discard
          </ActionForm>
        )}
        {isReadable(facts) && (
          <ActionForm to={urls.admin.recheckImport(facts.id)} look="button">
            Check again
          </ActionForm>
        )}
        {isUndoable(facts) && (
          <Link className="button" to={urls.admin.undoImport(facts.id)}>
            Undo import
          </Link>
        )}
        {isApplicable(facts) && (
          <ActionForm to={urls.admin.applyImport(facts.id)} look="button button--primary">
            {applyLabel(facts)}
          </ActionForm>
        )}
      </PageHead>
      {isRunning(facts) && <JobProgress job={facts} />}
      <ImageProgress counts={facts.images} importId={facts.id} />
      {facts.status === 'failed' && (
        <div className="notice notice--error" role="alert">
          <h2>The file can’t be imported</h2>
          <p>{facts.failure}</p>
          <p>Nothing was changed.</p>
        </div>
      )}
      {facts.status === 'discarded' && (
        <div className="panel">
          <EmptyState icon="imports" title="This import was discarded">
            <p>Its file and list of changes were deleted. Nothing was changed.</p>
            <Link className="button" to={urls.admin.imports()}>
              All imports
            </Link>
          </EmptyState>
        </div>
      )}
      {!isClosed && facts.rowsRead > 0 && <Results facts={facts} show={show} list={list} page={page} />}
    </>
  )
}

function About({ facts }: { facts: Awaited<ReturnType<typeof loader>>['import'] }) {
  const size =
    facts.byteSize < 1e6 ? `${Math.ceil(facts.byteSize / 1e3)} KB` : `${Math.round(facts.byteSize / 1e6)} MB`
  return (
    <>
      Uploaded <DateTime at={facts.createdAt} />, {size}.{' '}
      {facts.overwrite ? 'Existing products: update.' : 'Existing products: skip.'}
      {facts.appliedAt && (
        <>
          {' '}
          Applied <DateTime at={facts.appliedAt} />: {formatNumber(facts.appliedCount)} imported.
        </>
      )}
      {facts.undoneAt && (
        <>
          {' '}
          Undone <DateTime at={facts.undoneAt} />: {formatCount(facts.undoneCount, 'product')}.
        </>
      )}
    </>
  )
}

function applyLabel({
  createCount,
  updateCount,
  appliedCount,
}: Awaited<ReturnType<typeof loader>>['import']) {
  const left = createCount + updateCount - appliedCount
  return `Apply to ${formatCount(left, 'product')}`
}
