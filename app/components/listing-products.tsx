import { Link } from '@remix-run/react'
import { useEffect, useRef, useState } from 'react'
import { formatCount, formatNumber } from '#app/domain/intl.ts'
import { type Listing, maxPagesShown } from '#app/domain/storefront/listing.ts'
import { pageSize } from '#app/domain/storefront/storefront.ts'
import { searchParameter } from '#app/urls.ts'
import { useHydrated } from './hydrated.ts'
import { type ListingData, useListingPlace, useListingUrl } from './listing-view.ts'
import { Pagination } from './pagination.tsx'
import { ProductGrid } from './product-card.tsx'

/**
 * The products of a list. With JavaScript, further pages are added to those on the page: the URL names the first and the
 * last page shown, so that a reload and the back button show the same products. Without, there are links to pages.
 */
export function ListingProducts({ list }: { list: ListingData }) {
  const { listing, cards, pages } = list
  const { page, from } = listing
  const to = useListingUrl()
  const { extra } = useListingPlace()
  const isRunning = useHydrated()
  const { grid, announcement, onExtend } = useExtension(list)
  const link = (next: Listing) => ({ to: to(next), onClick: () => onExtend(next) })
  const isFull = page - from + 1 >= maxPagesShown
  return (
    <>
      {isRunning && from > 1 && (
        <p className="more more--before">
          <MoreLink {...(isFull ? onlyPage(from - 1) : extend({ ...listing, from: from - 1 }))}>
            Show previous products
          </MoreLink>
        </p>
      )}
      <div ref={grid}>
        <ProductGrid cards={cards} foundBy={extra[searchParameter]} isFirst />
      </div>
      {isRunning ? (
        <div className="more">
          {pages > 1 && <p className="soft small numeric">{shownText(list)}</p>}
          {page < pages && (
            <MoreLink {...(isFull ? onlyPage(page + 1) : extend({ ...listing, page: page + 1 }))}>
              Show more products
            </MoreLink>
          )}
          <p className="visually-hidden" role="status">
            {announcement}
          </p>
        </div>
      ) : (
        <Pagination page={page} pages={pages} to={(next) => to({ ...listing, page: next, from: next })} />
      )}
    </>
  )

  /** Adds a page to the list, in place of the URL's entry in the history. */
  function extend(next: Listing) {
    return { ...link(next), replace: true, preventScrollReset: true }
  }

  /** A list has an end: beyond it, the next page is a page of its own. */
  function onlyPage(number: number) {
    return { to: to({ ...listing, page: number, from: number }) }
  }
}

function MoreLink(props: Parameters<typeof Link>[0]) {
  return <Link {...props} className="button button--large" />
}

/** Moves the focus to the first product that a link has added, and announces how many are shown. */
function useExtension({ listing, cards, count }: ListingData) {
  const grid = useRef<HTMLDivElement>(null)
  const wanted = useRef<{ page: number; from: number; first: number; before: number }>()
  const [announcement, setAnnouncement] = useState('')
  useEffect(() => {
    const added = wanted.current
    if (!added) return
    if (added.page !== listing.page || added.from !== listing.from) return
    wanted.current = undefined
    grid.current?.querySelectorAll('article')[added.first]?.querySelector('a')?.focus({ preventScroll: true })
    setAnnouncement(
      `${formatCount(cards.length - added.before, 'more product')}. ${shownText({ listing, count })}`,
    )
  }, [listing, cards, count])
  return {
    grid,
    announcement,
    onExtend: ({ page, from }: Listing) => {
      wanted.current = { page, from, first: from < listing.from ? 0 : cards.length, before: cards.length }
    },
  }
}

/** "48 of 240 products shown", "Products 49–72 of 240". */
function shownText({ listing: { page, from }, count }: Pick<ListingData, 'listing' | 'count'>): string {
  const last = formatNumber(Math.min(page * pageSize, count))
  if (from === 1) return `${last} of ${formatCount(count, 'product')} shown`
  return `Products ${formatNumber((from - 1) * pageSize + 1)}–${last} of ${formatNumber(count)}`
}
