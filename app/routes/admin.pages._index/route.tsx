import { Link, useLoaderData } from '@remix-run/react'
import { type Column, DataTable } from '#app/components/admin/data-table.tsx'
import { EmptyState } from '#app/components/admin/empty-state.tsx'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { PageStatus } from '#app/components/admin/status-badges.tsx'
import { DateTime } from '#app/components/date-time.tsx'
import { listPages } from '#app/domain/pages/edit-pages.server.ts'
import { pagePath } from '#app/domain/pages/pages.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'
import { FooterPanel } from './footer-panel.tsx'
import { PoliciesPanel } from './policies-panel.tsx'

export const handle = { access: 'catalog' } satisfies RouteHandle

export const meta = () => adminMeta('Pages')

export async function loader() {
  const rows = await listPages()
  return {
    pages: rows.filter(({ kind }) => kind === 'page'),
    policies: rows.filter(({ kind }) => kind === 'policy'),
  }
}

export type PageRow = Awaited<ReturnType<typeof listPages>>[number]

const columns: Column<PageRow>[] = [
  {
    label: 'Page',
    isHead: true,
    cell: (row) => (
      <>
        <Link className="list__link" to={urls.admin.page(row.id)} dir="auto">
          {row.title}
        </Link>
        <span className="sub">{pagePath(row)}</span>
      </>
    ),
  },
  {
    label: 'Visibility',
    isNarrow: true,
    cell: (row) => <PageStatus isPublished={row.publishedAt !== null} />,
  },
  {
    label: 'Footer',
    isNarrow: true,
    cell: (row) => (row.position === null ? 'Not linked' : 'Linked'),
  },
  {
    label: 'Last updated',
    isNarrow: true,
    cell: (row) => <DateTime at={row.updatedAt} as="dated" />,
  },
]

export default function Pages() {
  const { pages, policies } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead title="Pages" about="Texts of your store, such as “About us”, and its policies.">
        <Link className="button button--primary" to={urls.admin.newPage()}>
          Add page
        </Link>
      </PageHead>
      <PoliciesPanel policies={policies} />
      <Panel title="Pages" flush>
        {pages.length === 0 ? (
          <EmptyState icon="draft" title="No pages yet">
            <p>A page answers what customers ask before they buy, such as “About us” or “FAQ”.</p>
          </EmptyState>
        ) : (
          <DataTable caption="Pages" columns={columns} rows={pages} rowKey={({ id }) => id} />
        )}
      </Panel>
      <FooterPanel pages={pages} />
    </>
  )
}
