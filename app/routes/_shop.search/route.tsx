import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { EmptyState } from '#app/components/empty-state.tsx'
import { SearchIcon } from '#app/components/icons.tsx'
import { reloadsOn } from '#app/components/live/reloads-on.ts'
import { pageMeta } from '#app/components/page-meta.ts'
import { Paging } from '#app/components/paging.tsx'
import { ProductGrid } from '#app/components/product-card.tsx'
import { listTopCollections } from '#app/domain/catalog/collections.server.ts'
import { listNewest } from '#app/domain/catalog/listing.server.ts'
import { livePosition } from '#app/domain/realtime/the-hub.ts'
import { normaliseQuery } from '#app/domain/search/search.ts'
import { searchProducts } from '#app/domain/search/search.server.ts'
import { grantProducts } from '#app/http/event-stream-grant.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { orNotFound } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'everyone', limits: { loader: 'search' } } satisfies RouteHandle

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageMeta(matches, { title: data?.query ? `Search: ${data.query}` : 'Search', isPrivate: true })

export async function loader({ request }: LoaderFunctionArgs) {
  const position = livePosition()
  const params = new URL(request.url).searchParams
  const query = normaliseQuery(params.get('q') ?? '')
  const asked = params.get('page') ?? '1'
  const page = orNotFound(/^[1-9]\d{0,3}$/.test(asked) ? Number(asked) : null)
  const found = orNotFound(await searchProducts(query, page))
  const [newest, collections] =
    found.count === 0 ? await Promise.all([listNewest(4), listTopCollections(8)]) : [[], []]
  const live = grantProducts(position, [...found.cards, ...newest])
  return { query, page, ...found, newest, collections, live }
}

export const shouldRevalidate = reloadsOn(['product', 'catalog'])

export default function Search() {
  const { query, page, cards, count, pages, newest, collections } = useLoaderData<typeof loader>()
  return (
    <div className="page">
      <header className="page-head search-head">
        <h1>Search</h1>
        <Form role="search" aria-label="On this page" action={urls.search()} className="search search--large">
          <label htmlFor="search-page" className="visually-hidden">
            What are you looking for?
          </label>
          <input
            id="search-page"
            key={query}
            type="search"
            name="q"
            defaultValue={query}
            maxLength={100}
            placeholder="What are you looking for?"
            autoComplete="off"
            className="search__input"
          />
          <button className="search__button" aria-label="Search">
            <SearchIcon />
          </button>
        </Form>
        {query && (
          <p role="status" className="soft">
            {count === 0 ? 'Nothing found' : count === 1 ? '1 product' : `${count} products`} for{' '}
            <q dir="auto">{query}</q>
          </p>
        )}
      </header>
      {count > 0 && (
        <>
          <h2 className="visually-hidden">Results</h2>
          <ProductGrid cards={cards} isFirst />
        </>
      )}
      <Paging page={page} pages={pages} to={(next) => `${urls.search(query)}&page=${next}`} />
      {count === 0 && (
        <>
          {query && (
            <EmptyState art={`search ${query}`} title="No match, but there are ways on">
              <ul className="stack">
                <li>Look at the spelling, or try fewer words.</li>
                <li>Try what kind of thing it is: “shirt”, “lamp”, “bracelet”.</li>
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
                  See everything
                </Link>
              </p>
            </EmptyState>
          )}
          {newest.length > 0 && (
            <section className="push" aria-labelledby="newest">
              <div className="section-head">
                <h2 id="newest">Just arrived</h2>
              </div>
              <ProductGrid cards={newest} />
            </section>
          )}
        </>
      )}
    </div>
  )
}
