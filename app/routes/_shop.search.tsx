import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData, useSubmit } from '@remix-run/react'
import { EmptyState } from '#app/components/empty-state.tsx'
import { SearchIcon } from '#app/components/icons.tsx'
import { sortText } from '#app/components/listing-controls.tsx'
import { revalidateOn } from '#app/components/live/revalidate-on.ts'
import { pageMeta } from '#app/components/page-meta.ts'
import { Pagination } from '#app/components/pagination.tsx'
import { ProductGrid } from '#app/components/product-card.tsx'
import { listTopCollections } from '#app/domain/storefront/collections.server.ts'
import { formatCount } from '#app/domain/intl.ts'
import { listingFields, type Sort, sorts } from '#app/domain/storefront/listing.ts'
import { listNewest } from '#app/domain/storefront/listing.server.ts'
import { livePosition } from '#app/domain/realtime/hub-instance.ts'
import { normalizeQuery } from '#app/domain/search/search.ts'
import { searchProducts } from '#app/domain/search/search.server.ts'
import { grantProducts } from '#app/http/events/event-stream-grant.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'everyone', limits: { loader: 'search' } } satisfies RouteHandle

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageMeta(matches, { title: data?.query ? `Search: ${data.query}` : 'Search', isPrivate: true })

export async function loader({ request }: LoaderFunctionArgs) {
  const position = livePosition()
  const params = new URL(request.url).searchParams
  const query = normalizeQuery(params.get('q') ?? '')
  const asked = params.get('page') ?? '1'
  const page = orNotFound(/^[1-9]\d{0,3}$/.test(asked) ? Number(asked) : null)
  const sort = sorts.find((each) => each === params.get(listingFields.sort)) ?? 'featured'
  const found = orNotFound(await searchProducts(query, page))
  const [newest, collections] =
    found.count === 0 ? await Promise.all([listNewest(4), listTopCollections(8)]) : [[], []]
  const live = grantProducts(position, [...found.cards, ...newest])
  return { query, sort, page, ...found, newest, collections, live }
}

export const shouldRevalidate = revalidateOn(['product', 'catalog'])

export default function Search() {
  const { query, sort, page, cards, count, pages, newest, collections } = useLoaderData<typeof loader>()
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
            {formatCount(count, 'product')} for <q dir="auto">{query}</q>
          </p>
        )}
      </header>
      {count > 0 && (
        <>
          <h2 className="visually-hidden">Results</h2>
          {count > 1 && <SortForm query={query} sort={sort} />}
          <ProductGrid cards={cards} isFirst />
        </>
      )}
      <Pagination page={page} pages={pages} to={(next) => searchUrl(query, sort, next)} />
      {count === 0 && (
        <>
          {query && (
            <EmptyState art={`search ${query}`} title="No results">
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

function searchUrl(query: string, sort: Sort, page: number): string {
  const sorted = sort === 'featured' ? '' : `&${listingFields.sort}=${sort}`
  return `${urls.search(query)}${sorted}&page=${page}`
}

/** Sorts the results; with JavaScript it submits itself on change. */
function SortForm({ query, sort }: { query: string; sort: Sort }) {
  const submit = useSubmit()
  return (
    <Form
      action={urls.search()}
      className="filters"
      key={`${query} ${sort}`}
      onChange={(event) => submit(event.currentTarget, { preventScrollReset: true })}
      preventScrollReset
    >
      <input type="hidden" name="q" value={query} />
      <div className="field filters__sort">
        <label htmlFor="sort">Sort by</label>
        <select id="sort" name={listingFields.sort} defaultValue={sort} className="input">
          {sorts.map((each) => (
            <option key={each} value={each}>
              {each === 'featured' ? 'Relevance' : sortText[each]}
            </option>
          ))}
        </select>
        <noscript>
          <button className="button">Sort</button>
        </noscript>
      </div>
    </Form>
  )
}
