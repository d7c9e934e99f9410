import { z } from 'zod'
import { addressFields, byCountry } from '#app/domain/accounts/addresses.schema.ts'
import { checkbox, email, optionalText, rowId, version, wholeNumber } from '#app/domain/fields.ts'
import type { Currency } from '#app/domain/money.ts'
import { amount } from '#app/domain/products/product.schema.ts'

const quantity = () => wholeNumber(0, 999, 'Enter a number from 0 to 999.')

/** The form that edits an order's lines and the price of its shipping. Quantity 0 removes a line. */
export const orderEditSchema = (currency: Currency) =>
  z.object({
    version: version(),
    lines: z
      .array(z.object({ orderLineId: rowId(), quantity: quantity() }))
      .max(100)
      .default([]),
    added: z
      .array(z.object({ variantId: rowId(), quantity: quantity() }))
      .max(120)
      .default([]),
    shipping: amount(currency).refine((price) => price !== null, 'Enter the price; 0 for free shipping.'),
    reason: optionalText(500),
    /** The total that the form showed, in minor units. */
    shownTotal: optionalText(15),
    q: optionalText(200),
    /** The buttons that only search or calculate. */
    find: checkbox(),
    update: checkbox(),
  })

/** Where the order goes, and the email of its customer. */
export const orderAddressSchema = z
  .object({ version: version(), email: email(), ...addressFields })
  .check(byCountry())
