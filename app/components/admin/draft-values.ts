import type { FormResponse } from '#app/components/form-fields.ts'
import type { LineNotice } from '#app/domain/cart/cart.ts'
import type { RefusedPromotion } from '#app/domain/pricing/cart-promotions.ts'
import type { Totals } from '#app/domain/pricing/totals.ts'
import type { FoundVariant } from '#app/domain/products/find-variants.server.ts'
import type { AddressForm } from '#app/domain/shipping/address.ts'
import type { TypedVariant } from './typed-variants.ts'

/** What a draft order costs now, and what it depends on. */
export type DraftTotals = {
  /** Shipping methods with their price; empty: nothing is shipped to the address. */
  options: { id: string; label: string; rate: number }[]
  /** The method that the totals are of. */
  optionId: string
  totals: Totals
  /** Codes that do not apply. */
  refused: RefusedPromotion[]
  asksForVatNumber: boolean
  notices: { variantId: number; notices: LineNotice[] }[]
}

/** The answer to the form of a draft order. */
export type DraftAnswer = FormResponse & {
  found: FoundVariant[]
  quote: DraftTotals | null
  /** Null when none were searched for. */
  customers: { email: string; name: string }[] | null
  /** Another text when a customer was filled in. */
  picked: string
  addressForm: AddressForm
}

/** What the page of a new or stored draft order shows before its form is sent. */
export type DraftValues = {
  version: number
  rows: FoundVariant[]
  typed: TypedVariant[]
  quote: DraftTotals | null
  values: Record<string, string>
  /** The text of countryLines. */
  countries: string
  addressForm: AddressForm
}

/** "Only 3 left": what keeps an item from being ordered, or has changed since it was added. */
export function noticeText(notice: LineNotice, money: (amount: number) => string): string {
  switch (notice.kind) {
    case 'price-rose':
    case 'price-fell':
      return `Now ${money(notice.to)} instead of ${money(notice.from)}`
    case 'sold-out':
      return 'Sold out'
    case 'fewer-left':
      return `Only ${notice.left} left`
    case 'no-longer-sold':
      return 'No longer for sale'
  }
}
