import { Form, Link, useLoaderData } from '@remix-run/react'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { Thumbnail } from '#app/components/admin/thumbnail.tsx'
import type { Column } from '#app/components/admin/data-table.tsx'
import { ListPage } from '#app/components/admin/list-page.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { CollectionStatus } from '#app/components/admin/status-badges.tsx'
import { listCollectionTree } from '#app/domain/collections/collection-editor.server.ts'
import { formatNumber } from '#app/domain/intl.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

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
        <span className="tree with-thumb" data-depth={Math.min(row.depth, 6)}>
          <Thumbnail image={row.image} />
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
      label: 'Visibility',
      isNarrow: true,
      cell: (row) => <CollectionStatus publishedAt={row.publishedAt} now={now} />,
    },
    {
      label: 'Type',
      isNarrow: true,
      cell: (row) => (row.kind === 'manual' ? 'Manual' : 'Automatic'),
    },
    {
      label: 'Products',
      isNumber: true,
      isNarrow: true,
      cell: (row) => formatNumber(row.productCount),
    },
  ]
  return (
    <ListPage
      title="Collections"
      actions={
        <>
          <Link className="button" to={urls.admin.collectionMenu()}>
            Menu order
          </Link>
          <Link className="button button--primary" to={urls.admin.newCollection()}>
            Add collection
          </Link>
        </>
      }
      filters={<QuickCreate />}
      rows={collections}
      columns={columns}
      empty={{
        icon: 'collections',
        title: 'No collections yet',
        children: (
          <p>
            A collection groups products on a page, such as “Kitchen” or “New in”. Add products manually or by
            conditions.
          </p>
        ),
      }}
    />
  )
}

/** A manual collection by its title alone; the next page adds its products. */
function QuickCreate() {
  return (
    <Form method="post" action={urls.admin.newCollection()} className="filters">
      <CsrfField />
      <input type="hidden" name="kind" value="manual" />
      <input type="hidden" name="isShown" value="on" />
      <div className="filters__search">
        <input
          className="input"
          name="title"
          required
          maxLength={255}
          autoComplete="off"
          aria-label="Title of a new manual collection"
          placeholder="New manual collection"
        />
        <button className="button">Create</button>
      </div>
    </Form>
  )
}
