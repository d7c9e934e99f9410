import { z } from 'zod'
import { email, optionalText, text } from '#app/domain/fields.ts'

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
  name: text(120, 'Enter your full name.'),
  company: optionalText(120),
  line1: text(200, 'Enter the street and house number.'),
  line2: optionalText(200),
  postcode: optionalText(20),
  city: text(120, 'Enter the town or city.'),
  region: optionalText(120),
  country: z.string({ error: 'Choose the country.' }).regex(/^[A-Z]{2}$/, 'Choose the country.'),
  phone: optionalText(40),
  note: optionalText(1000),
  delivery: text(40, 'Choose how we deliver.'),
  payment: z.enum(['bank-transfer', 'cash-on-delivery'], { error: 'Choose how you want to pay.' }),
})

export type CheckoutInput = z.output<typeof checkoutSchema>
