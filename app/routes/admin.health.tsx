import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { Icon } from '#app/components/admin/icons.tsx'
import { EmptyState } from '#app/components/admin/empty-state.tsx'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { Status } from '#app/components/admin/status.tsx'
import { permissionLabels } from '#app/domain/access/access.ts'
import { formatCount } from '#app/domain/intl.ts'
import { describeHealth } from '#app/domain/reports/store-health.ts'
import { checkStore, type StoreHealth } from '#app/domain/reports/store-health.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { urls } from '#app/urls.ts'

/** Each user sees the areas that they have a permission for. */
export const handle = { access: 'any-staff' } satisfies RouteHandle

export const meta = () => adminMeta('Store health')

export async function loader({ request }: LoaderFunctionArgs) {
  const [staff, settings] = await Promise.all([requireUser(request), getSettings()])
  return { areas: await checkStore(staff, orNotFound(settings)) }
}

type Area = StoreHealth[number]

export default function StoreHealthPage() {
  const { areas } = useLoaderData<typeof loader>()
  const found = areas.flatMap(({ checks }) => checks).filter(({ count }) => count > 0).length
  return (
    <>
      <PageHead
        crumbs={[{ to: urls.admin.home(), label: 'Home' }]}
        title="Store health"
        about={
          found === 0
            ? 'What could keep customers from buying, or get lost: everything is fine.'
            : `What could keep customers from buying, or get lost: ${formatCount(found, 'thing')} to look at.`
        }
      />
      {areas.length === 0 && (
        <div className="panel">
          <EmptyState title="Nothing to check">
            <p>You have no permission for a part of the store that is checked.</p>
          </EmptyState>
        </div>
      )}
      {areas.map((area) => (
        <AreaPanel key={area.area} {...area} />
      ))}
    </>
  )
}

/** What was found, urgent things first; then what is fine. */
function AreaPanel({ area, checks }: Area) {
  const described = checks.map(({ check, count }) => ({ check, count, ...describeHealth(check, count) }))
  const found = described
    .filter(({ count }) => count > 0)
    .sort((a, b) => Number(b.isUrgent ?? false) - Number(a.isUrgent ?? false))
  const fine = described.filter(({ count }) => count === 0)
  return (
    <Panel title={permissionLabels[area]} flush>
      {found.length > 0 && (
        <ul className="lines" role="list">
          {found.map(({ check, title, why, to, link, isUrgent }) => (
            <li key={check}>
              <div>
                <b>{title}</b>
                <span className="sub">{why}</span>
              </div>
              <div className="section-states">
                <Status tone={isUrgent ? 'bad' : 'warn'}>{isUrgent ? 'Urgent' : 'Check'}</Status>
              </div>
              <div className="row-of-actions">
                <Link className="button button--small" to={to}>
                  {link}
                  <span className="visually-hidden">: {title}</span>
                </Link>
              </div>
            </li>
          ))}
        </ul>
      )}
      {fine.length > 0 && (
        <ul className="health__fine" role="list" aria-label="Fine">
          {fine.map(({ check, title }) => (
            <li key={check}>
              <Icon name="check" /> {title}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
