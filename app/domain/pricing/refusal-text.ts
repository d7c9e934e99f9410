import { formatCount } from '#app/domain/intl.ts'
import type { RefusedPromotion } from './cart-promotions.ts'
import { promotionName } from './totals.ts'

/** Why a promotion does not apply, and what would make it apply. */
export function refusalText(refused: RefusedPromotion, money: (amount: number) => string): string {
  const name = refused.code ?? promotionName(refused.title, null)
  const purpose = refused.code === null ? `for “${name}”` : `to use ${name}`
  switch (refused.reason) {
    case 'unknown-code':
      return `The code ${name} doesn’t exist.`
    case 'not-started':
      return `${name} isn’t active yet.`
    case 'expired':
      return `${name} has expired.`
    case 'used-up':
      return `${name} has reached its limit and can’t be used anymore.`
    case 'used-by-customer':
      return `You have already used ${name}.`
    case 'first-order-only':
      return `${name} is for first orders only.`
    case 'no-eligible-items':
      return `${name} doesn’t apply to the items in your cart.`
    case 'minimum-quantity':
      return `Add ${formatCount(refused.missing, 'more item')} ${purpose}.`
    case 'minimum-subtotal':
      return `Add ${money(refused.missing)} more ${purpose}.`
    case 'set-incomplete':
      return `Add more items ${purpose}.`
    case 'not-combinable':
      return `${name} can’t be combined with another discount that saves you more.`
    case 'no-effect':
      return `${name} doesn’t lower the price of this order.`
  }
}
