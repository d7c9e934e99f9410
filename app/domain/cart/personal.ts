import type { Cart } from './cart.ts'

/** What a page of the shop shows of one person. Everything else on a public page is the same for all. */
export type Personal = {
  cart: Cart | null
  header: HeaderText
  /** The grant for the event stream; none without a session. */
  live?: string
}

/** What the header says, as it stands in the page: the same elements for everybody, only these words differ. */
export type HeaderText = {
  accountUrl: string
  accountLabel: string
  bellFor: 'customer' | 'visitor'
  bellLabel: string
  bellBadge: string
  cartLabel: string
  cartBadge: string
}

/** `unread` counts notifications that were not read; `urls` are those of the account and of the page to sign in. */
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
    bellLabel: unread === 1 ? 'Notifications, 1 not read' : `Notifications, ${unread} not read`,
    bellBadge: badge(unread),
    cartLabel: count === 1 ? 'Cart, 1 item' : `Cart, ${count} items`,
    cartBadge: badge(count),
  }
}

/** Empty for none: the badge is hidden then. */
function badge(count: number): string {
  if (count === 0) return ''
  return count > 99 ? '99+' : String(count)
}

/** A loader hands it over as one text, so that it is one value in the data of the page, whatever it holds. */
export function readPersonal(text: string): Personal {
  return JSON.parse(text) as Personal
}
