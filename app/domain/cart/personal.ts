import { formatCount } from '#app/domain/intl.ts'
import type { CartPromotions } from '#app/domain/pricing/cart-promotions.ts'
import type { Cart } from './cart.ts'

/** The personal parts of a shop page. Everything else on a public page is the same for all visitors. */
export type Personal = {
  cart: Cart | null
  /** Of a cart with items. */
  promotions: CartPromotions | null
  header: HeaderText
  /** The event stream grant; absent without a session. */
  live?: string
}

/** The header's texts as rendered: the elements are the same for everyone, only these texts differ. */
export type HeaderText = {
  accountUrl: string
  accountLabel: string
  bellFor: 'customer' | 'visitor'
  bellLabel: string
  bellBadge: string
  cartLabel: string
  cartBadge: string
}

/** `unread` counts unread notifications; `urls` are those of the account and sign-in pages. */
export function headerText(shown: {
  count: number
  unread: number
  isSignedIn: boolean
  urls: { account: string; login: string }
}): HeaderText {
  const { count, unread, isSignedIn, urls } = shown
  return {
    accountUrl: isSignedIn ? urls.account : urls.login,
    accountLabel: isSignedIn ? 'Account' : 'Sign in',
    bellFor: isSignedIn ? 'customer' : 'visitor',
    bellLabel: `Notifications, ${unread} unread`,
    bellBadge: badge(unread),
    cartLabel: `Cart, ${formatCount(count, 'item')}`,
    cartBadge: badge(count),
  }
}

/** Empty for zero: the badge is hidden then. */
function badge(count: number): string {
  if (count === 0) return ''
  return count > 99 ? '99+' : String(count)
}

/** Serialized by the loader as one string, so that it is a single value in the page's data. */
export function readPersonal(text: string): Personal {
  return JSON.parse(text) as Personal
}
