import { discountLines, discountShipping, type Discount } from './apply-promotions.ts'
import { checkOffer } from './check-offer.ts'
import type { Offer, OfferLine, Refusal } from './promotion.ts'

export type RefusedOffer = { offer: Offer } & Refusal

export type ChosenPromotions = {
  /** Off the lines, in the order in which they were applied. */
  discounts: Discount[]
  shippingDiscount: Discount | null
  refused: RefusedOffer[]
}

type Candidate = Omit<ChosenPromotions, 'refused'> & { offers: Offer[] }

/**
 * Chooses what takes off most: all promotions that can be combined, or one that cannot. On a tie, what needs fewer
 * codes; then the combination; then the older promotion. `rateOf` is the rate of the chosen shipping method for a
 * subtotal after discounts; 0 before one is chosen.
 */
export function choosePromotions(
  offers: Offer[],
  lines: OfferLine[],
  now: Date,
  rateOf: (subtotal: number) => number,
): ChosenPromotions {
  const refused: RefusedOffer[] = []
  const valid: Offer[] = []
  for (const offer of offers) {
    const refusal = checkOffer(offer, lines, now)
    if (refusal) refused.push({ offer, ...refusal })
    else if (valid.some(({ promotion }) => promotion.id === offer.promotion.id))
      refused.push({ offer, reason: 'no-effect' })
    else valid.push(offer)
  }
  const apply = (candidate: Offer[]) => applyAll(candidate, lines, rateOf)
  const together = apply(valid.filter(({ promotion }) => promotion.isCombinable))
  const alone = valid
    .filter(({ promotion }) => !promotion.isCombinable)
    .sort((a, b) => a.promotion.id - b.promotion.id)
    .map((offer) => apply([offer]))
  const best = [together, ...alone].reduce((found, other) => (isBetter(other, found) ? other : found))
  for (const offer of valid) {
    const isChosen = best.offers.includes(offer)
    if (isChosen && appliedIn(best).includes(offer)) continue
    const hasEffect = !isChosen && amountOf(apply([offer])) > 0
    refused.push({ offer, reason: hasEffect ? 'not-combinable' : 'no-effect' })
  }
  return { discounts: best.discounts, shippingDiscount: best.shippingDiscount, refused }
}

function applyAll(offers: Offer[], lines: OfferLine[], rateOf: (subtotal: number) => number): Candidate {
  const discounts = discountLines(offers, lines)
  const subtotal = lines.reduce((sum, line) => sum + line.quantity * line.unitPrice, 0)
  const left = discounts.reduce((sum, { amount }) => sum - amount, subtotal)
  return { offers, discounts, shippingDiscount: discountShipping(offers, rateOf(left)) }
}

function isBetter(one: Candidate, other: Candidate): boolean {
  const more = amountOf(one) - amountOf(other)
  return more > 0 || (more === 0 && codesOf(one) < codesOf(other))
}

function amountOf({ discounts, shippingDiscount }: Candidate): number {
  return discounts.reduce((sum, { amount }) => sum + amount, shippingDiscount?.amount ?? 0)
}

function appliedIn({ discounts, shippingDiscount }: Candidate): Offer[] {
  return [...discounts, ...(shippingDiscount ? [shippingDiscount] : [])].map(({ offer }) => offer)
}

function codesOf(candidate: Candidate): number {
  return appliedIn(candidate).filter(({ code }) => code !== null).length
}
