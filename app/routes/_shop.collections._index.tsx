import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { Breadcrumbs } from '#app/components/breadcrumbs.tsx'
import { CollectionTiles } from '#app/components/collection-tiles.tsx'
import { EmptyState } from '#app/components/empty-state.tsx'
import { revalidateOn } from '#app/components/live/revalidate-on.ts'
import { pageMeta } from '#app/components/page-meta.ts'
import { listCollectionTiles } from '#app/domain/storefront/collections.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'everyone' } satisfies RouteHandle

export const meta: MetaFunction<typeof loader> = ({ matches }) =>
  pageMeta(matches, { title: 'Collections', path: urls.collections() })

export async function loader({ context }: LoaderFunctionArgs) {
  context.dependsOn?.([])
  return { tiles: await listCollectionTiles(null) }
}

export const shouldRevalidate = revalidateOn([])

export default function Collections() {
  const { tiles } = useLoaderData<typeof loader>()
  if (tiles.length === 0)
    return (
      <div className="page">
        <EmptyState art="no collections" title="No collections yet" level="h1">
          <p>Browse all products.</p>
          <p className="empty__ways">
            <Link to={urls.allProducts()} className="button button--primary">
              Shop all
            </Link>
          </p>
        </EmptyState>
      </div>
    )
  return (
    <div className="page">
      <Breadcrumbs path={[{ to: urls.home(), label: 'Home' }]} here="Collections" />
      <header className="page-head">
        <h1>Collections</h1>
      </header>
      <h2 className="visually-hidden">All collections</h2>
      <CollectionTiles tiles={tiles} />
    </div>
  )
}
