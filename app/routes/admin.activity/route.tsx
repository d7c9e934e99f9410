import type { LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useLoaderData, useSearchParams } from '@remix-run/react'
import { Blank } from '#app/components/admin/blank.tsx'
import { withParams } from '#app/components/admin/list-params.ts'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { mayUse } from '#app/domain/accounts/access.ts'
import { foldEntries, kinds, kindText } from '#app/domain/activity/activity.ts'
import { listActivity, listActors, loggedRowOf } from '#app/domain/activity/activity.server.ts'
import { findTargets } from '#app/domain/activity/targets.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { urls } from '#app/urls.ts'
import { ActivityEntry } from './activity-entry.tsx'

export const handle = { access: 'staff' } satisfies RouteHandle

export const meta = () => adminMeta('Activity')

export async function loader({ request }: LoaderFunctionArgs) {
  const me = await userOf(request)
  const params = new URL(request.url).searchParams
  const asked = {
    actorId: numberOf(params.get('person')),
    kind: kinds.find((kind) => kind === params.get('kind')) ?? null,
    row: loggedRowOf(params.get('row')),
    before: numberOf(params.get('before')),
  }
  const [{ rows, older }, actors] = await Promise.all([listActivity(asked), listActors()])
  const entries = foldEntries(rows)
  const targets = await findTargets(entries.flatMap(({ things }) => things))
  return {
    asked,
    older,
    actors,
    entries,
    /** Links only to what this person may open. */
    links: Object.fromEntries(
      Object.entries(targets).flatMap(([key, { area, href }]) => (mayUse(me, area) ? [[key, href]] : [])),
    ),
  }
}

function numberOf(typed: string | null): number | null {
  return typed && /^[1-9]\d{0,14}$/.test(typed) ? Number(typed) : null
}

export type ActivityPage = Awaited<ReturnType<typeof loader>>

export default function Activity() {
  const page = useLoaderData<typeof loader>()
  const [params] = useSearchParams()
  const { asked, older, entries, links } = page
  const isFiltered = asked.actorId !== null || asked.kind !== null || asked.row !== null
  return (
    <>
      <PageHead
        title={asked.row ? 'History' : 'Activity'}
        about={
          asked.row
            ? 'What staff changed about it and what belongs to it.'
            : 'What staff changed, when, and what it was before. It cannot be edited.'
        }
      >
        {asked.row && (
          <Link className="button" to={urls.admin.activity()}>
            All activity
          </Link>
        )}
      </PageHead>
      <div className="panel">
        {(entries.length > 0 || isFiltered) && <Filters {...page} />}
        {entries.length === 0 ? (
          <Blank icon="activity" title={isFiltered ? 'None of this yet' : 'Nothing was changed yet'}>
            <p>
              {isFiltered
                ? 'Nobody on the staff changed anything of the kind since the log began.'
                : 'As soon as somebody on the staff changes something, it is noted here.'}
            </p>
          </Blank>
        ) : (
          <ol role="list">
            {entries.map((entry) => (
              <ActivityEntry key={entry.id} entry={entry} links={links} />
            ))}
          </ol>
        )}
        {(older !== null || asked.before !== null) && (
          <div className="pages">
            <nav aria-label="Pages">
              {asked.before !== null && (
                <Link className="button button--small" to={withParams(params, { before: null })}>
                  Newest
                </Link>
              )}
              {older !== null && (
                <Link className="button button--small" rel="next" to={withParams(params, { before: older })}>
                  Older
                </Link>
              )}
            </nav>
          </div>
        )}
      </div>
    </>
  )
}

function Filters({ asked, actors }: ActivityPage) {
  return (
    <Form method="get" className="filters">
      {asked.row && <input type="hidden" name="row" value={`${asked.row.table}/${asked.row.key}`} />}
      <select
        className="input filters__choice"
        name="person"
        aria-label="Person"
        key={`person ${asked.actorId}`}
        defaultValue={asked.actorId ?? ''}
      >
        <option value="">Everybody</option>
        {actors.map(({ id, name }) => (
          <option key={id} value={id}>
            {name || `No. ${id}`}
          </option>
        ))}
      </select>
      {!asked.row && (
        <select
          className="input filters__choice"
          name="kind"
          aria-label="Kind of thing"
          key={`kind ${asked.kind}`}
          defaultValue={asked.kind ?? ''}
        >
          <option value="">Everything</option>
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {kindText[kind]}
            </option>
          ))}
        </select>
      )}
      <button className="button" type="submit">
        Show
      </button>
    </Form>
  )
}
