import type { LoaderFunctionArgs } from '@remix-run/node'
import { NavLink, Outlet, useLoaderData } from '@remix-run/react'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { CollectionStatus } from '#app/components/admin/status-badges.tsx'
import { getCollectionForStaff } from '#app/domain/collections/collection-editor.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

export async function loader({ params }: LoaderFunctionArgs) {
  const { collection, productCount } = orNotFound(await getCollectionForStaff(parseId(params.collectionId)))
  const { id, title, handle, publishedAt } = collection
  return { id, title, handle, publishedAt, productCount, now: new Date() }
}

/** The header that all pages of a collection share. */
export default function Collection() {
  const { id, title, handle, publishedAt, productCount, now } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead
        crumbs={[{ to: urls.admin.collections(), label: 'Collections' }]}
        title={title}
        mark={<CollectionStatus publishedAt={publishedAt} now={now} />}
      >
        {publishedAt && publishedAt <= now && (
          <a className="button" href={urls.collection(handle)}>
            View in store
          </a>
        )}
      </PageHead>
      <nav className="tabs" aria-label="Collection">
        <NavLink to={urls.admin.collection(id)} end>
          Details
        </NavLink>
        <NavLink to={urls.admin.collectionProducts(id)}>
          Products <span className="tabs__count">{productCount}</span>
        </NavLink>
        <NavLink to={urls.admin.collectionImage(id)}>Image</NavLink>
      </nav>
      <Outlet />
    </>
  )
}
