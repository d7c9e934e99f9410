import { Link } from '@remix-run/react'
import { Panel } from '#app/components/admin/panel.tsx'
import { PageStatus } from '#app/components/admin/status-badges.tsx'
import { Status } from '#app/components/admin/status.tsx'
import { DateTime } from '#app/components/date-time.tsx'
import { pagePath, policies as suggested, type PolicyHandle, policyHandles } from '#app/domain/pages/pages.ts'
import { urls } from '#app/urls.ts'
import type { PageRow } from './route.tsx'

/** Each policy that a store needs: its state, or the way to write it. */
export function PoliciesPanel({ policies }: { policies: PageRow[] }) {
  return (
    <Panel
      title="Policies"
      flush
      foot="Published policies are linked in the footer, in the checkout, on orders and in emails."
    >
      <ul className="lines" role="list">
        {policyHandles.map((handle) => {
          const row = policies.find((one) => one.handle === handle)
          return row ? (
            <WrittenPolicy key={handle} row={row} />
          ) : (
            <MissingPolicy key={handle} handle={handle} />
          )
        })}
      </ul>
    </Panel>
  )
}

function WrittenPolicy({ row }: { row: PageRow }) {
  return (
    <li>
      <div>
        <b>
          <Link className="list__link" to={urls.admin.page(row.id)} dir="auto">
            {row.title}
          </Link>
        </b>
        <span className="sub">
          {pagePath(row)} · Updated <DateTime at={row.updatedAt} as="dated" />
        </span>
      </div>
      <div className="section-states">
        <PageStatus isPublished={row.publishedAt !== null} />
      </div>
      <div className="row-of-actions">
        <Link className="button button--small" to={urls.admin.page(row.id)}>
          Edit<span className="visually-hidden"> {row.title}</span>
        </Link>
      </div>
    </li>
  )
}

function MissingPolicy({ handle }: { handle: PolicyHandle }) {
  const { title, about } = suggested[handle]
  return (
    <li>
      <div>
        <b>{title}</b>
        <span className="sub">{about}</span>
      </div>
      <div className="section-states">
        <Status tone="warn">Not written</Status>
      </div>
      <div className="row-of-actions">
        <Link className="button button--small" to={urls.admin.newPolicy(handle)}>
          Write<span className="visually-hidden"> {title}</span>
        </Link>
      </div>
    </li>
  )
}
