import { useSyncExternalStore } from 'react'
import type { ProductCard, ProductVariant } from '#app/domain/storefront/storefront.ts'
import { isNewerPosition, parseGrant } from './grant.ts'
import type { LiveEvent } from './reactions.ts'

type VariantOverride = Pick<ProductVariant, 'id' | 'price' | 'compareAtPrice' | 'availability'>
type CardOverride = Pick<ProductCard, 'priceMin' | 'priceMax' | 'compareAtPrice' | 'isSoldOut'>

/** Public data that an event carries: of the changed variants, and of the product's card. */
type ProductOverride = { id: string; topic: string; card: CardOverride; variants: VariantOverride[] }

const overrides = new Map<string, ProductOverride>()
const listeners = new Set<() => void>()

const isOverride = (event: LiveEvent | ProductOverride): event is ProductOverride => 'card' in event

/** Stores the data of an event for the components that show it; false for any other event. */
export function applyOverrides(event: LiveEvent): boolean {
  if (!isOverride(event)) return false
  const { topic, variants } = event
  const before = (overrides.get(topic)?.variants ?? []).filter(
    ({ id }) => !variants.some((one) => one.id === id),
  )
  overrides.set(topic, { ...event, variants: [...before, ...variants] })
  for (const notify of listeners) notify()
  return true
}

/** Drops overrides that a page loaded since then already contains. */
export function dropOldOverrides(grants: string[]): void {
  for (const { position, topics } of grants.map(parseGrant))
    for (const [topic, { id }] of overrides)
      if (topics.has(topic) && !isNewerPosition(id, position)) overrides.delete(topic)
  for (const notify of listeners) notify()
}

/** The card with the overrides since the page was loaded. */
export function useLiveCard(card: ProductCard): ProductCard {
  const current = useOverride(card.id)
  return current ? { ...card, ...current.card } : card
}

/** The variants with the overrides since the page was loaded; the same array if there are none. */
export function useLiveVariants(productId: number, variants: ProductVariant[]): ProductVariant[] {
  const current = useOverride(productId)
  if (!current) return variants
  return variants.map((variant) => {
    const override = current.variants.find(({ id }) => id === variant.id)
    if (!override) return variant
    const { kind } = override.availability
    const isUnavailable = kind === 'sold-out' || kind === 'not-for-sale'
    // The exact quantity is checked when they are added to the cart.
    return { ...variant, ...override, buyable: isUnavailable ? 0 : Math.max(1, variant.buyable) }
  })
}

function useOverride(productId: number): ProductOverride | undefined {
  return useSyncExternalStore(
    subscribe,
    () => overrides.get(`product:${productId}`),
    () => undefined,
  )
}

function subscribe(notify: () => void) {
  listeners.add(notify)
  return () => listeners.delete(notify)
}
