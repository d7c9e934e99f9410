import { useFetcher } from '@remix-run/react'
import { useEffect } from 'react'
import { ProductGrid } from '#app/components/product-card.tsx'
import { addViewed, parseViewed, viewedShown } from '#app/domain/recommendations/viewed.ts'
import type { ProductCard } from '#app/domain/storefront/storefront.ts'
import { urls } from '#app/urls.ts'

const key = 'till.viewed'

/** Products viewed before this one. The list is in the browser's storage only; without JavaScript there is none. */
export function RecentlyViewed({ productId, shownIds }: { productId: number; shownIds: number[] }) {
  const { data, load } = useFetcher<{ cards: ProductCard[] }>()
  useEffect(() => {
    const viewed = readViewed()
    const others = viewed.filter((id) => id !== productId)
    if (others.length > 0) load(urls.recentlyViewed(others))
    storeViewed(addViewed(viewed, productId))
  }, [productId, load])
  const cards = (data?.cards ?? [])
    .filter(({ id }) => id !== productId && !shownIds.includes(id))
    .slice(0, viewedShown)
  if (cards.length === 0) return null
  return (
    <section className="push" aria-labelledby="viewed">
      <div className="section-head">
        <h2 id="viewed">Recently viewed</h2>
      </div>
      <ProductGrid cards={cards} />
    </section>
  )
}

function readViewed(): number[] {
  try {
    return parseViewed(localStorage.getItem(key))
  } catch {
    return [] // The browser refuses storage.
  }
}

function storeViewed(ids: number[]): void {
  try {
    localStorage.setItem(key, ids.join(','))
  } catch {
    // The browser refuses storage, or it is full.
  }
}
