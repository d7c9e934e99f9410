import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData, useSearchParams } from '@remix-run/react'
import { Blank } from '#app/components/admin/blank.tsx'
import { ImportStatus } from '#app/components/admin/import-status.tsx'
import { oneOf, pageOf, withParams } from '#app/components/admin/list-params.ts'
import { Moment } from '#app/components/moment.tsx'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { reloadsOn } from '#app/components/live/reloads-on.ts'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Pages } from '#app/components/admin/pages.tsx'
import { isApplicable, isDiscardable, isReadable, isRunning } from '#app/domain/imports/imports.ts'
import { getImport } from '#app/domain/imports/imports.server.ts'
import { livePosition } from '#app/domain/realtime/the-hub.ts'
import { topics } from '#app/domain/realtime/topics.ts'
import { grantToVisitor } from '#app/http/event-stream-grant.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { idOf } from '#app/http/ids.ts'
import { orNotFound } from '#app/http/respond.server.ts'
import { getVisitor } from '#app/http/session.server.ts'
import { urls } from '#app/urls.ts'
import { ChangeList } from './change-list.tsx'
import { ActionForm } from '#app/components/admin/action-form.tsx'
import { JobProgress } from './job-progress.tsx'
import { ProblemTable } from './problem-table.tsx'
import { listShown } from './shown.server.ts'
import { countOf, emptyWords, type Shown, shownWords, shows } from './shown.ts'

export const handle = { access: 'catalogue' } satisfies RouteHandle

export const meta = () => adminMeta('Import')

export async function loader({ request, params }: LoaderFunctionArgs) {
  const position = livePosition()
  const { sessionId } = await getVisitor(request)
  const found = orNotFound(await getImport(idOf(params.importId)))
  const search = new URL(request.url).searchParams
  const usual = shows.find((each) => countOf(found, each) > 0) ?? 'create'
  const show: Shown = search.has('show') ? oneOf(shows, search.get('show')) : usual
  const page = pageOf(search)
  const list = await listShown(found, show, page)
  const live = grantToVisitor(request, { sessionId, position, topics: [topics.import(found.id)] })
  return { import: found, show, page, list, live }
}

export const shouldRevalidate = reloadsOn(['import'])

export default function Import() {
  const { import: facts, show, list, page } = useLoaderData<typeof loader>()
  const [params] = useSearchParams()
  const isGone = facts.status === 'discarded' || facts.status === 'failed'
  return (
    <>
      <PageHead
        crumbs={[{ to: urls.admin.imports(), label: 'Imports' }]}
        title={facts.filename}
        mark={<ImportStatus of={facts} />}
        about={<About facts={facts} />}
      >
        {isDiscardable(facts) && (
          <ActionForm to={urls.admin.importDisposal(facts.id)} look="button">
            Discard
          </ActionForm>
        )}
        {isReadable(facts) && (
          <ActionForm to={urls.admin.importReading(facts.id)} look="button">
            Check again
          </ActionForm>
        )}
        {isApplicable(facts) && (
          <ActionForm to={urls.admin.importApplication(facts.id)} look="button button--primary">
            {applyWords(facts)}
          </ActionForm>
        )}
      </PageHead>
      {isRunning(facts) && <JobProgress facts={facts} />}
      {facts.status === 'failed' && (
        <div className="notice notice--error" role="alert">
          <h2>The file cannot be imported</h2>
          <p>{facts.failure}</p>
          <p>Nothing was changed in the shop.</p>
        </div>
      )}
      {facts.status === 'discarded' && (
        <div className="panel">
          <Blank icon="imports" title="This import was discarded">
            <p>Its file and its list of changes are gone. Nothing was changed in the shop.</p>
            <Link className="button" to={urls.admin.imports()}>
              All imports
            </Link>
          </Blank>
        </div>
      )}
      {!isGone && facts.rowsRead > 0 && (
        <div className="panel">
          <nav className="tabs" aria-label="What to show">
            {shows.map((each) => (
              <Link
                key={each}
                to={withParams(params, { show: each })}
                aria-current={each === show ? 'page' : undefined}
                preventScrollReset
              >
                {shownWords[each]}{' '}
                <span className="tabs__count">{countOf(facts, each).toLocaleString('en')}</span>
              </Link>
            ))}
          </nav>
          {list.total === 0 ? (
            <Blank title={emptyWords[show]} />
          ) : list.kind === 'problems' ? (
            <ProblemTable problems={list.problems} />
          ) : (
            <ChangeList changes={list.changes} />
          )}
          <Pages
            page={page}
            perPage={list.perPage}
            total={list.total}
            noun={list.kind === 'problems' ? ['note', 'notes'] : ['product', 'products']}
            to={(next) => withParams(params, { show, page: next })}
          />
        </div>
      )}
    </>
  )
}

function About({ facts }: { facts: Awaited<ReturnType<typeof loader>>['import'] }) {
  const size =
    facts.byteSize < 1e6 ? `${Math.ceil(facts.byteSize / 1e3)} KB` : `${Math.round(facts.byteSize / 1e6)} MB`
  return (
    <>
      Uploaded <Moment at={facts.createdAt} />, {size}.{' '}
      {facts.overwrite
        ? 'Products that the shop has are changed.'
        : 'Products that the shop has are skipped.'}
      {facts.appliedAt && (
        <>
          {' '}
          Applied <Moment at={facts.appliedAt} />: {facts.appliedCount.toLocaleString('en')} written.
        </>
      )}
    </>
  )
}

function applyWords({
  createCount,
  updateCount,
  appliedCount,
}: Awaited<ReturnType<typeof loader>>['import']) {
  const left = createCount + updateCount - appliedCount
  return `Apply to ${left.toLocaleString('en')} ${left === 1 ? 'product' : 'products'}`
}
