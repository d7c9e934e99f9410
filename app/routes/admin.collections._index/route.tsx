import { Link, useLoaderData } from '@remix-run/react'
import { Blank } from '#app/components/admin/blank.tsx'
import { type Column, DataTable } from '#app/components/admin/data-table.tsx'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { CollectionStatus } from '#app/components/admin/states.tsx'
import { listCollectionTree } from '#app/domain/catalog/collection-editor.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalogue' } satisfies RouteHandle

export const meta = () => adminMeta('Collections')

export async function loader() {
  return { collections: await listCollectionTree(), now: new Date() }
}

type Row = Awaited<ReturnType<typeof loader>>['collections'][number]

export default function Collections() {
  const { collections, now } = useLoaderData<typeof loader>()
  const columns: Column<Row>[] = [
    {
      label: 'Collection',
      isHead: true,
      cell: (row) => (
        <span className="tree" data-depth={Math.min(row.depth, 6)}>
          <span>
            <Link className="list__link" to={urls.admin.collection(row.id)} dir="auto">
              {row.title}
            </Link>
            <span className="sub">/collections/{row.handle}</span>
          </span>
        </span>
      ),
    },
    {
      label: 'In the shop',
      isTight: true,
      cell: (row) => <CollectionStatus publishedAt={row.publishedAt} now={now} />,
    },
    {
      label: 'Filled',
      isTight: true,
      cell: (row) =>
        row.kind === 'manual'
          ? 'By hand'
          : `By ${row.rules.length} ${row.rules.length === 1 ? 'rule' : 'rules'}`,
    },
    {
      label: 'Products',
      isNumber: true,
      isTight: true,
      cell: (row) => row.productCount.toLocaleString('en'),
    },
  ]
  return (
    <>
      <PageHead title="Collections">
        <Link className="button button--primary" to={urls.admin.newCollection()}>
          Add collection
        </Link>
      </PageHead>
      <div className="panel">
        {collections.length === 0 ? (
          <Blank icon="collections" title="No collections yet">
            <p>A collection is a page of the shop: “Kitchen”, “New in”. Fill it by hand, or by a rule.</p>
          </Blank>
        ) : (
          <DataTable caption="Collections" columns={columns} rows={collections} rowKey={(row) => row.id} />
        )}
      </div>
    </>
  )
}
