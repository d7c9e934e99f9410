import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { Breadcrumbs } from '#app/components/breadcrumbs.tsx'
import { EmptyState } from '#app/components/empty-state.tsx'
import { ProductListing } from '#app/components/listing-page.tsx'
import { revalidateOn } from '#app/components/live/revalidate-on.ts'
import { listingMeta, pageMeta } from '#app/components/page-meta.ts'
import { isFiltered } from '#app/domain/storefront/listing.ts'
import { getListingPage } from '#app/domain/storefront/listing-page.server.ts'
import { allProducts } from '#app/domain/storefront/scope.server.ts'
import { livePosition } from '#app/domain/realtime/hub-instance.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { grantProducts } from '#app/http/events/event-stream-grant.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'everyone' } satisfies RouteHandle

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  data
    ? pageMeta(
        matches,
        listingMeta({ title: 'All products', path: urls.allProducts(), listing: data.listing }),
      )
    : []

export async function loader({ request, context }: LoaderFunctionArgs) {
  const position = livePosition()
  const shop = orNotFound(await getSettings())
  const params = new URL(request.url).searchParams
  const { list, dependsOn } = orNotFound(await getListingPage(allProducts, params, shop))
  context.dependsOn?.(dependsOn)
  return { ...list, live: grantProducts(position, list.cards) }
}

export const shouldRevalidate = revalidateOn(['product', 'catalog'])

export default function AllProducts() {
  const list = useLoaderData<typeof loader>()
  return (
    <div className="page">
      <Breadcrumbs path={[{ to: urls.home(), label: 'Home' }]} here="All products" />
      <header className="page-head">
        <h1>All products</h1>
      </header>
      {list.count === 0 && !isFiltered(list.listing) ? (
        <EmptyState art="no products yet" title="No products yet">
          <p>Products coming soon.</p>
          <p className="empty__ways">
            <Link to={urls.home()} className="button">
              Back to home
            </Link>
          </p>
        </EmptyState>
      ) : (
        <ProductListing path={urls.allProducts()} list={list} />
      )}
    </div>
  )
}
