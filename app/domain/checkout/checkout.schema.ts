import { z } from 'zod'
import { addressFields, byCountry } from '#app/domain/accounts/addresses.schema.ts'
import { checkbox, email, optionalText, text } from '#app/domain/fields.ts'

/** The checkout form. One address serves shipping and billing. */
export const checkoutSchema = z
  .object({
    /** Key of the one order that this form can create. */
    checkoutKey: z.uuid('Reload the checkout.'),
    /** The total shown on the button, in minor units: the shopper pays what was shown. */
    shownTotal: z
      .string()
      .regex(/^\d{1,15}$/)
      .transform(Number),
    email: email(),
    ...addressFields,
    note: optionalText(1000),
    /** A signed-in customer wants to save the address. */
    keepAddress: checkbox(),
    shippingMethod: text(40, 'Choose a shipping method.'),
    payment: z.enum(['bank-transfer', 'cash-on-delivery'], { error: 'Choose a payment method.' }),
  })
  .check(byCountry())

export type CheckoutInput = z.output<typeof checkoutSchema>
