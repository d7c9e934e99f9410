import type { LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useLoaderData, useSearchParams } from '@remix-run/react'
import { ListPage } from '#app/components/admin/list-page.tsx'
import { withParams } from '#app/components/admin/list-params.ts'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { can } from '#app/domain/access/access.ts'
import { groupEntries, kinds, activityKindLabels } from '#app/domain/audit/activity.ts'
import { listActivity, listActors, toLoggedRow } from '#app/domain/audit/activity.server.ts'
import { findTargets } from '#app/domain/audit/targets.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { urls } from '#app/urls.ts'
import { ActivityEntry } from './activity-entry.tsx'

export const handle = { access: 'staff' } satisfies RouteHandle

export const meta = () => adminMeta('Activity')

export async function loader({ request }: LoaderFunctionArgs) {
  const me = await requireUser(request)
  const params = new URL(request.url).searchParams
  const asked = {
    actorId: numberOf(params.get('person')),
    kind: kinds.find((kind) => kind === params.get('kind')) ?? null,
    row: toLoggedRow(params.get('row')),
    before: numberOf(params.get('before')),
  }
  const [{ rows, older }, actors] = await Promise.all([listActivity(asked), listActors()])
  const entries = groupEntries(rows)
  const targets = await findTargets(entries.flatMap(({ changedRows }) => changedRows))
  return {
    asked,
    older,
    actors,
    entries,
    /** Links only to what this user may open. */
    links: Object.fromEntries(
      Object.entries(targets).flatMap(([key, { permission, href }]) =>
        can(me, permission) ? [[key, href]] : [],
      ),
    ),
  }
}

function numberOf(typed: string | null): number | null {
  return typed && /^[1-9]\d{0,14}$/.test(typed) ? Number(typed) : null
}

export type ActivityPage = Awaited<ReturnType<typeof loader>>

export default function Activity() {
  const page = useLoaderData<typeof loader>()
  const { asked, older, entries, links } = page
  const isFiltered = asked.actorId !== null || asked.kind !== null || asked.row !== null
  return (
    <ListPage
      title={asked.row ? 'History' : 'Activity'}
      about={asked.row ? 'Changes by staff to this item.' : 'Changes by staff. Entries can’t be edited.'}
      actions={
        asked.row && (
          <Link className="button" to={urls.admin.activity()}>
            All activity
          </Link>
        )
      }
      filters={(entries.length > 0 || isFiltered) && <Filters {...page} />}
      rows={entries}
      empty={{
        icon: 'activity',
        title: isFiltered ? 'No matching activity' : 'No activity yet',
        children: <p>{isFiltered ? 'No changes of this type.' : 'Changes by staff appear here.'}</p>,
      }}
      foot={(older !== null || asked.before !== null) && <OtherPages {...page} />}
    >
      <ol role="list">
        {entries.map((entry) => (
          <ActivityEntry key={entry.id} entry={entry} links={links} />
        ))}
      </ol>
    </ListPage>
  )
}

function Filters({ asked, actors }: ActivityPage) {
  return (
    <Form method="get" className="filters">
      {asked.row && <input type="hidden" name="row" value={`${asked.row.table}/${asked.row.key}`} />}
      <select
        className="input filters__choice"
        name="person"
        aria-label="Staff member"
        key={`person ${asked.actorId}`}
        defaultValue={asked.actorId ?? ''}
      >
        <option value="">All staff</option>
        {actors.map(({ id, name }) => (
          <option key={id} value={id}>
            {name || `User ${id}`}
          </option>
        ))}
      </select>
      {!asked.row && (
        <select
          className="input filters__choice"
          name="kind"
          aria-label="Type"
          key={`kind ${asked.kind}`}
          defaultValue={asked.kind ?? ''}
        >
          <option value="">All types</option>
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {activityKindLabels[kind]}
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

function OtherPages({ asked, older }: ActivityPage) {
  const [params] = useSearchParams()
  return (
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
  )
}
