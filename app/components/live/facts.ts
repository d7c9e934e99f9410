import { useSyncExternalStore } from 'react'
import type { ProductCard, ProductVariant } from '#app/domain/catalog/catalog.ts'
import { isAfter, readGranted } from './grant.ts'
import type { LiveEvent } from './news.ts'

type VariantFacts = Pick<ProductVariant, 'id' | 'price' | 'compareAtPrice' | 'availability'>
type CardFacts = Pick<ProductCard, 'priceMin' | 'priceMax' | 'compareAtPrice' | 'isSoldOut'>

/** Public facts as an event brings them: of the variants that changed, and of the product's card. */
type ProductFacts = { id: string; topic: string; card: CardFacts; variants: VariantFacts[] }

const facts = new Map<string, ProductFacts>()
const watchers = new Set<() => void>()

const isFacts = (event: LiveEvent | ProductFacts): event is ProductFacts => 'card' in event

/** Keeps the facts in an event for whoever shows them; false for any other event. */
export function keepFacts(event: LiveEvent): boolean {
  if (!isFacts(event)) return false
  const { topic, variants } = event
  const before = (facts.get(topic)?.variants ?? []).filter(({ id }) => !variants.some((one) => one.id === id))
  facts.set(topic, { ...event, variants: [...before, ...variants] })
  for (const look of watchers) look()
  return true
}

/** Forgets the facts that a page made since then has anyway. */
export function dropOldFacts(grants: string[]): void {
  for (const { position, topics } of grants.map(readGranted))
    for (const [topic, { id }] of facts) if (topics.has(topic) && !isAfter(id, position)) facts.delete(topic)
  for (const look of watchers) look()
}

/** The card with what became of it since the page was made. */
export function useCardNow(card: ProductCard): ProductCard {
  const now = useFacts(card.id)
  return now ? { ...card, ...now.card } : card
}

/** The variants with what became of them since the page was made; the very same ones if nothing did. */
export function useVariantsNow(productId: number, variants: ProductVariant[]): ProductVariant[] {
  const now = useFacts(productId)
  if (!now) return variants
  return variants.map((variant) => {
    const facts = now.variants.find(({ id }) => id === variant.id)
    if (!facts) return variant
    const { kind } = facts.availability
    const isGone = kind === 'sold-out' || kind === 'not-for-sale'
    // How many exactly is asked when they are put into the cart.
    return { ...variant, ...facts, buyable: isGone ? 0 : Math.max(1, variant.buyable) }
  })
}

function useFacts(productId: number): ProductFacts | undefined {
  return useSyncExternalStore(
    watch,
    () => facts.get(`product:${productId}`),
    () => undefined,
  )
}

function watch(look: () => void) {
  watchers.add(look)
  return () => watchers.delete(look)
}
