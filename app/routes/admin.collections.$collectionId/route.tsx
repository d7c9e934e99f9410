import type { LoaderFunctionArgs } from '@remix-run/node'
import { NavLink, Outlet, useLoaderData } from '@remix-run/react'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { CollectionStatus } from '#app/components/admin/states.tsx'
import { getCollectionForStaff } from '#app/domain/catalog/collection-editor.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { idOf } from '#app/http/ids.ts'
import { orNotFound } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalogue' } satisfies RouteHandle

export async function loader({ params }: LoaderFunctionArgs) {
  const { collection, productCount } = orNotFound(await getCollectionForStaff(idOf(params.collectionId)))
  const { id, title, handle, publishedAt } = collection
  return { id, title, handle, publishedAt, productCount, now: new Date() }
}

/** The head that all pages of a collection share. */
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
            See it in the shop
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
        <NavLink to={urls.admin.collectionPicture(id)}>Picture</NavLink>
      </nav>
      <Outlet />
    </>
  )
}
