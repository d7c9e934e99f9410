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
    /** Where there are several shipping methods, the total with each: "12:5490 13:6290". */
    shownTotals: optionalText(2000).transform(parseTotals),
    email: email(),
    ...addressFields,
    note: optionalText(1000),
    /** A signed-in customer wants to save the address. */
    keepAddress: checkbox(),
    acceptsMarketing: checkbox(),
    vatNumber: optionalText(20),
    /** To apply or to remove; such a form places nothing. */
    discountCode: optionalText(64),
    removeCode: optionalText(64),
    shippingMethod: text(40, 'Choose a shipping method.'),
    payment: z.enum(['stripe', 'bank-transfer', 'cash-on-delivery'], { error: 'Choose a payment method.' }),
  })
  .check(byCountry())

function parseTotals(text: string): Record<string, number> {
  const pairs = [...text.matchAll(/([\w-]{1,40}):(\d{1,15})(?= |$)/g)]
  return Object.fromEntries(pairs.map(([, id, total]): [string, number] => [id!, Number(total)]))
}

export type CheckoutInput = z.output<typeof checkoutSchema>
