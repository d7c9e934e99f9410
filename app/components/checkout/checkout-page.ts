import type { FormResponse } from '#app/components/form-fields.ts'
import type { Address } from '#app/domain/accounts/addresses.server.ts'
import type { Cart } from '#app/domain/cart/cart.ts'
import type { ShippingOption } from '#app/domain/checkout/checkout.ts'
import type { PaymentMethod } from '#app/domain/payments/payments.ts'
import type { CartPromotions } from '#app/domain/pricing/cart-promotions.ts'
import type { AddressForm } from '#app/domain/shipping/address.ts'

export type Known = {
  profile: { email: string; name: string; phone: string }
  addresses: Address[]
  /** The preselected address. */
  address: Address | null
  /** The address can be saved in their account. */
  keepsAddress: boolean
}

export type CheckoutPage = {
  /** Where the form is sent. */
  action: string
  /** Staff prepared the order: its items and codes are fixed. */
  isDraft: boolean
  countries: string
  /** Of the address, where no address is known. */
  initial: Partial<Record<string, string>>
  /** The preselected shipping method; empty: the first. */
  shippingMethod: string
  /** The fields of the country that is selected first. */
  addressForm: AddressForm
  /** Known details of the customer; null for a guest. */
  known: Known | null
  /** The checkbox for marketing emails, and the address of a guest who checked it; null: agreed already. */
  consent: { text: string; email: string } | null
}

/** The totals and what they depend on. */
export type Quote = {
  cart: Cart
  promotions: CartPromotions
  options: (ShippingOption & { arrives: string | null })[]
  payments: PaymentMethod[]
  asksForVatNumber: boolean
}

/** With the fields of the submitted country. */
export type Answer = FormResponse & { addressForm: AddressForm }

/** A button of the form that places nothing. */
export type Button = { name: string; value: string }
