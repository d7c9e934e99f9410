import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { Breadcrumbs } from '#app/components/breadcrumbs.tsx'
import { CollectionTiles } from '#app/components/collection-tiles.tsx'
import { EmptyState } from '#app/components/empty-state.tsx'
import { ProductListing } from '#app/components/listing-page.tsx'
import { revalidateOn } from '#app/components/live/revalidate-on.ts'
import { listingMeta, pageMeta, rootOf } from '#app/components/page-meta.ts'
import { breadcrumbData, structuredData } from '#app/components/structured-data/structured-data.ts'
import { plainText } from '#app/domain/plain-text.ts'
import { getCollection, listCollectionTiles } from '#app/domain/storefront/collections.server.ts'
import { isFiltered } from '#app/domain/storefront/listing.ts'
import { getListingPage } from '#app/domain/storefront/listing-page.server.ts'
import { collectionScope } from '#app/domain/storefront/scope.server.ts'
import { livePosition } from '#app/domain/realtime/hub-instance.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { grantProducts } from '#app/http/events/event-stream-grant.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import { movedOrNotFound } from '#app/http/pages/moved.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'everyone' } satisfies RouteHandle

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => {
  if (!data) return []
  const { collection, list } = data
  return [
    ...pageMeta(matches, {
      ...listingMeta({
        title: collection.seoTitle || collection.title,
        path: urls.collection(collection.handle),
        listing: list.listing,
      }),
      description: collection.seoDescription || plainText(collection.description) || undefined,
    }),
    structuredData([breadcrumbData(rootOf(matches).origin, breadcrumbs(collection), collection.title)]),
  ]
}

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const position = livePosition()
  const [found, settings] = await Promise.all([getCollection(params.handle!), getSettings()])
  const collection = found ?? (await movedOrNotFound(request, 'collection', params.handle!))
  const [page, children] = await Promise.all([
    getListingPage(collectionScope(collection), new URL(request.url).searchParams, orNotFound(settings)),
    listCollectionTiles(collection.id),
  ])
  const { list, dependsOn } = orNotFound(page)
  context.dependsOn?.(dependsOn)
  const { handle, title, description, seoTitle, seoDescription, path } = collection
  return {
    collection: { handle, title, description, seoTitle, seoDescription, path },
    children,
    list,
    live: grantProducts(position, list.cards),
  }
}

export const shouldRevalidate = revalidateOn(['product', 'catalog'])

export default function Collection() {
  const { collection, children, list } = useLoaderData<typeof loader>()
  const isEmpty = list.count === 0 && !isFiltered(list.listing)
  return (
    <div className="page">
      <Breadcrumbs path={breadcrumbs(collection)} here={collection.title} />
      <header className="page-head">
        <h1 dir="auto">{collection.title}</h1>
        {collection.description && (
          <div
            className="prose soft"
            dir="auto"
            dangerouslySetInnerHTML={{ __html: collection.description }}
          />
        )}
      </header>
      {isEmpty && children.length > 0 && (
        <>
          <h2 className="visually-hidden">Subcollections</h2>
          <CollectionTiles tiles={children} />
        </>
      )}
      {!isEmpty && children.length > 0 && (
        <nav aria-label="Subcollections" className="children">
          <ul role="list">
            {children.map(({ handle, title }) => (
              <li key={handle}>
                <Link to={urls.collection(handle)} className="chip" dir="auto">
                  {title}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      )}
      {isEmpty && children.length === 0 && (
        <EmptyState art={`empty ${collection.handle}`} title="No products in this collection">
          <p>Browse our other products.</p>
          <p className="empty__ways">
            <Link to={urls.allProducts()} className="button button--primary">
              Shop all
            </Link>
            <Link to={urls.collections()} className="button">
              Other collections
            </Link>
          </p>
        </EmptyState>
      )}
      {!isEmpty && <ProductListing path={urls.collection(collection.handle)} list={list} />}
    </div>
  )
}

function breadcrumbs({ path }: { path: { handle: string; title: string }[] }) {
  return [
    { to: urls.home(), label: 'Home' },
    { to: urls.collections(), label: 'Collections' },
    ...path.map(({ handle, title }) => ({ to: urls.collection(handle), label: title })),
  ]
}
