import { z } from 'zod'
import { addressFields } from '#app/domain/accounts/addresses.schema.ts'
import { checkbox, email, optionalText, text } from '#app/domain/fields.ts'

/** The checkout form. One address serves delivery and bill. */
export const checkoutSchema = z.object({
  /** Key of the one order that this form can become. */
  checkoutKey: z.uuid('Open the checkout again.'),
  /** The total that was on the button, in minor units: the shopper pays what was shown. */
  shownTotal: z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number),
  email: email(),
  ...addressFields,
  note: optionalText(1000),
  /** Somebody signed in wants the address kept for the next time. */
  keepAddress: checkbox(),
  delivery: text(40, 'Choose how we deliver.'),
  payment: z.enum(['bank-transfer', 'cash-on-delivery'], { error: 'Choose how you want to pay.' }),
})

export type CheckoutInput = z.output<typeof checkoutSchema>
