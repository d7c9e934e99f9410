import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { Breadcrumbs } from '#app/components/breadcrumbs.tsx'
import { EmptyState } from '#app/components/empty-state.tsx'
import { ProductListing } from '#app/components/listing-page.tsx'
import { reloadsOn } from '#app/components/live/reloads-on.ts'
import { pageMeta } from '#app/components/page-meta.ts'
import { isFiltered } from '#app/domain/catalog/listing.ts'
import { getListingPage } from '#app/domain/catalog/listing-page.server.ts'
import { livePosition } from '#app/domain/realtime/the-hub.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { grantProducts } from '#app/http/event-stream-grant.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { orNotFound } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'everyone' } satisfies RouteHandle

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageMeta(matches, {
    title: 'Everything',
    path: urls.allProducts() + (data && data.listing.page > 1 ? `?page=${data.listing.page}` : ''),
  })

export async function loader({ request, context }: LoaderFunctionArgs) {
  const position = livePosition()
  const { currency } = (await getSettings()) ?? { currency: 'EUR' }
  const params = new URL(request.url).searchParams
  const { list, dependsOn } = orNotFound(await getListingPage({ kind: 'all' }, params, currency))
  context.dependsOn?.(dependsOn)
  return { ...list, live: grantProducts(position, list.cards) }
}

export const shouldRevalidate = reloadsOn(['product', 'catalog'])

export default function AllProducts() {
  const list = useLoaderData<typeof loader>()
  return (
    <div className="page">
      <Breadcrumbs path={[{ to: urls.home(), label: 'Home' }]} here="Everything" />
      <header className="page-head">
        <h1>Everything</h1>
      </header>
      {list.count === 0 && !isFiltered(list.listing) ? (
        <EmptyState art="nothing yet" title="Nothing here yet">
          <p>The shelves are being filled. The first products will be here soon.</p>
          <p className="empty__ways">
            <Link to={urls.home()} className="button">
              To the home page
            </Link>
          </p>
        </EmptyState>
      ) : (
        <ProductListing path={urls.allProducts()} list={list} />
      )}
    </div>
  )
}
