import { formSets } from './buy-x-get-y.ts'
import { isAmong, type Offer, type OfferLine, type Refusal } from './promotion.ts'

/**
 * The first rule of a promotion that a cart breaks, or null. Minimums count the promotion's own items (those to buy) at
 * full price, so promotions do not depend on each other.
 */
export function checkOffer(offer: Offer, lines: OfferLine[], now: Date): Refusal | null {
  const { promotion } = offer
  const always = checkCode(offer, now)
  if (always) return always
  if (offer.usesByCustomer >= (promotion.limitPerCustomer ?? Infinity)) return { reason: 'used-by-customer' }
  if (promotion.isFirstOrderOnly && offer.hasOrdered) return { reason: 'first-order-only' }
  const items = promotion.kind === 'buy-x-get-y' ? promotion.buy.items : promotion.items
  const counted = lines.filter((line) => isAmong(items, line))
  if (counted.length === 0) return { reason: 'no-eligible-items' }
  const quantity = counted.reduce((sum, line) => sum + line.quantity, 0)
  if (quantity < (promotion.minQuantity ?? 0))
    return { reason: 'minimum-quantity', missing: promotion.minQuantity! - quantity }
  const subtotal = counted.reduce((sum, line) => sum + line.quantity * line.unitPrice, 0)
  if (subtotal < (promotion.minSubtotal ?? 0))
    return { reason: 'minimum-subtotal', missing: promotion.minSubtotal! - subtotal }
  if (promotion.kind === 'buy-x-get-y' && !formSets(promotion, lines.map(withAllFree)))
    return { reason: 'set-incomplete' }
  return null
}

/** The first rule that is broken whatever is in the cart, or null. */
export function checkCode(offer: Offer, now: Date): { reason: 'not-started' | 'expired' | 'used-up' } | null {
  const { promotion } = offer
  if (now < promotion.startsAt) return { reason: 'not-started' }
  if (promotion.endsAt && now >= promotion.endsAt) return { reason: 'expired' }
  if (offer.isCodeUsed || offer.uses >= (promotion.limit ?? Infinity)) return { reason: 'used-up' }
  return null
}

function withAllFree(line: OfferLine) {
  return { ...line, free: line.quantity }
}
