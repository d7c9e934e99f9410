import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { EmptyState } from '#app/components/empty-state.tsx'
import { ProductListing } from '#app/components/listing-page.tsx'
import { revalidateOn } from '#app/components/live/revalidate-on.ts'
import { pageMeta } from '#app/components/page-meta.ts'
import { ProductGrid } from '#app/components/product-card.tsx'
import { SearchField } from '#app/components/search/search-field.tsx'
import { listTopCollections } from '#app/domain/storefront/collections.server.ts'
import { getListingPage } from '#app/domain/storefront/listing-page.server.ts'
import { isWholeList, isFiltered } from '#app/domain/storefront/listing.ts'
import { listNewest } from '#app/domain/storefront/listing.server.ts'
import { livePosition } from '#app/domain/realtime/hub-instance.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { normalizeQuery } from '#app/domain/search/search.ts'
import { searchScope, understand } from '#app/domain/search/search.server.ts'
import { grantProducts } from '#app/http/events/event-stream-grant.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import { countSearch } from '#app/http/session/count-searches.server.ts'
import { getVisitor } from '#app/http/session/session.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'everyone', limits: { loader: 'search' } } satisfies RouteHandle

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageMeta(matches, { title: data?.query ? `Search: ${data.query}` : 'Search', isPrivate: true })

export async function loader({ request }: LoaderFunctionArgs) {
  const position = livePosition()
  const visitor = getVisitor(request)
  const params = new URL(request.url).searchParams
  const query = normalizeQuery(params.get('q') ?? '')
  const understood = query ? await understand(query) : null
  const shop = orNotFound(await getSettings())
  const found = understood && orNotFound(await getListingPage(searchScope(understood), params, shop))
  if (found && isWholeList(found.list.listing))
    countSearch(request, await visitor, { query, results: found.list.count })
  const isEmpty = !found || (found.list.count === 0 && !isFiltered(found.list.listing))
  const [newest, collections] = isEmpty ? await Promise.all([listNewest(4), listTopCollections(8)]) : [[], []]
  return {
    query,
    corrected: understood?.corrected ?? null,
    isPartial: understood?.isPartial ?? false,
    list: isEmpty ? null : found.list,
    newest,
    collections,
    live: grantProducts(position, [...(found?.list.cards ?? []), ...newest]),
  }
}

export const shouldRevalidate = revalidateOn(['product', 'catalog'])

export default function Search() {
  const { query, corrected, isPartial, list, newest, collections } = useLoaderData<typeof loader>()
  return (
    <div className="page">
      <header className="page-head search-head">
        <h1>Search</h1>
        <SearchField
          key={query}
          label="What are you looking for?"
          formLabel="On this page"
          placeholder="What are you looking for?"
          defaultValue={query}
        />
        {list && (corrected !== null || isPartial) && (
          <p role="status" className="soft">
            <Understood query={query} corrected={corrected} />
          </p>
        )}
      </header>
      {list && (
        <ProductListing path={urls.search()} extra={{ q: query }} list={list} defaultSortLabel="Relevance" />
      )}
      {!list && (
        <>
          {query && (
            <EmptyState art={`search ${query}`} title="No results">
              <p role="status">
                No products match <q dir="auto">{query}</q>.
              </p>
              <ul className="stack">
                <li>Check the spelling, or use fewer words.</li>
                <li>Try a more general word, such as “shirt” or “lamp”.</li>
              </ul>
              {collections.length > 0 && (
                <ul role="list" className="chips">
                  {collections.map(({ handle, title }) => (
                    <li key={handle}>
                      <Link to={urls.collection(handle)} className="chip" dir="auto">
                        {title}
                      </Link>
                    </li>
                  ))}
                </ul>
              )}
              <p className="empty__ways">
                <Link to={urls.allProducts()} className="button button--primary">
                  Shop all
                </Link>
              </p>
            </EmptyState>
          )}
          {newest.length > 0 && (
            <section className="push" aria-labelledby="newest">
              <div className="section-head">
                <h2 id="newest">New arrivals</h2>
              </div>
              <ProductGrid cards={newest} />
            </section>
          )}
        </>
      )}
    </div>
  )
}

/** Says that the results are not for the query as typed. */
function Understood({ query, corrected }: { query: string; corrected: string | null }) {
  if (corrected === null) return <>No product has all of these words. These products have some of them.</>
  return (
    <>
      No results for <q dir="auto">{query}</q>. Showing results for{' '}
      <Link to={urls.search(corrected)}>
        <q dir="auto">{corrected}</q>
      </Link>
      .
    </>
  )
}
