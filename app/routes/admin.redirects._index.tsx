import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import type { Column } from '#app/components/admin/data-table.tsx'
import { ListPage } from '#app/components/admin/list-page.tsx'
import { pageOf, queryOf } from '#app/components/admin/list-params.ts'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { DateTime } from '#app/components/date-time.tsx'
import { listRedirects, redirectsPerPage } from '#app/domain/redirects/edit-redirects.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

export const meta = () => adminMeta('Redirects')

export async function loader({ request }: LoaderFunctionArgs) {
  const params = new URL(request.url).searchParams
  const asked = { query: queryOf(params), page: pageOf(params) }
  return { ...(await listRedirects(asked)), asked, perPage: redirectsPerPage }
}

type Row = Awaited<ReturnType<typeof loader>>['redirects'][number]

const columns: Column<Row>[] = [
  {
    label: 'Old address',
    isHead: true,
    cell: ({ id, path }) => (
      <Link className="list__link web-address" to={urls.admin.redirect(id)}>
        {path}
      </Link>
    ),
  },
  { label: 'New address', isWide: true, cell: ({ target }) => <span className="web-address">{target}</span> },
  { label: 'Changed', isNarrow: true, cell: ({ updatedAt }) => <DateTime at={updatedAt} as="day" /> },
]

export default function Redirects() {
  const { redirects, total, asked, perPage } = useLoaderData<typeof loader>()
  const isEmpty = total === 0 && asked.query === ''
  return (
    <ListPage
      title="Redirects"
      about="Lead visitors and search engines from old addresses to new ones. Renamed products and collections redirect by themselves."
      actions={
        <>
          {!isEmpty && (
            <a className="button" href={urls.admin.redirectsFile()} download>
              Export
            </a>
          )}
          <Link className="button" to={urls.admin.importRedirects()}>
            Import
          </Link>
          <Link className="button button--primary" to={urls.admin.newRedirect()}>
            Add redirect
          </Link>
        </>
      }
      search={
        isEmpty
          ? undefined
          : {
              query: asked.query,
              label: 'Search redirects by address',
              placeholder: 'Part of an address',
              keep: {},
            }
      }
      rows={redirects}
      columns={columns}
      empty={{
        icon: 'redirect',
        title: isEmpty ? 'No redirects yet' : 'No redirects match',
        children: (
          <p>
            {isEmpty
              ? 'Moving from another store? Import the redirects of its old addresses, so that links to them keep working.'
              : 'Try a shorter part of the old or the new address.'}
          </p>
        ),
      }}
      pages={{ page: asked.page, perPage, total, noun: ['redirect', 'redirects'] }}
    />
  )
}
