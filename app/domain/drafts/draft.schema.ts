import { z } from 'zod'
import { maxCodes } from '#app/domain/cart/cart.ts'
import { checkbox, email, optionalText, rowId, version, wholeNumber } from '#app/domain/fields.ts'
import { checkAddress } from '#app/domain/shipping/address-check.server.ts'

/**
 * The form of a draft order. The customer can complete email and address, so they may be empty; an address that is
 * begun is checked like any other. Quantity 0 removes an item.
 */
export const draftSchema = z
  .object({
    version: version(),
    lines: z
      .array(z.object({ variantId: rowId(), quantity: wholeNumber(0, 999, 'Enter a number from 0 to 999.') }))
      .max(120)
      .default([]),
    email: optionalText(254),
    phone: optionalText(40),
    country: optionalText(2),
    name: optionalText(120),
    company: optionalText(120),
    line1: optionalText(200),
    line2: optionalText(200),
    postcode: optionalText(20),
    city: optionalText(120),
    region: optionalText(120),
    vatNumber: optionalText(20),
    shippingMethod: optionalText(40),
    codes: optionalText(400).transform(splitCodes),
    message: optionalText(2000),
    internalNote: optionalText(2000),
    q: optionalText(200),
    /** The buttons that only search or calculate. */
    find: checkbox(),
    update: optionalText(20),
    findCustomer: checkbox(),
    pickCustomer: optionalText(254),
    /** Where to continue after saving. */
    next: optionalText(10),
  })
  .superRefine(
    (input, context) => {
      const complain = (path: string, message: string) =>
        context.addIssue({ code: 'custom', path: [path], message })
      if (input.email) {
        const checked = email().safeParse(input.email)
        if (checked.success) input.email = checked.data
        else complain('email', checked.error.issues[0]!.message)
      }
      if (input.codes?.length > maxCodes) complain('codes', `Use at most ${maxCodes} codes.`)
      const { values, errors } = checkAddress(input)
      Object.assign(input, values)
      for (const [path, message] of Object.entries({ ...missing(input), ...errors }))
        if (hasAddress(input) || path === 'country' || path === 'phone') complain(path, message)
    },
    { when: () => true },
  )

export type DraftInput = z.output<typeof draftSchema>

/** The codes of a text, in upper case. */
export function splitCodes(typed: string): string[] {
  const codes = typed.toUpperCase().split(/[\s,;]+/)
  return [...new Set(codes.filter(Boolean))]
}

type Typed = Partial<Record<'name' | 'company' | 'line1' | 'line2' | 'postcode' | 'city' | 'region', string>>

/** More than the country is known. */
export function hasAddress({ name, company, line1, line2, postcode, city, region }: Typed): boolean {
  return [name, company, line1, line2, postcode, city, region].some(Boolean)
}

function missing({ name, line1 }: Typed): Record<string, string> {
  return {
    ...(!name && { name: 'Enter the full name.' }),
    ...(!line1 && { line1: 'Enter the street address.' }),
  }
}

/** How staff turn a draft into an order; `paid`: they have received the payment. */
export const placeDraftSchema = z.object({
  checkoutKey: z.uuid('Reload the page.'),
  /** The total that the page showed, in minor units. */
  shownTotal: z
    .string()
    .regex(/^\d{1,15}$/, 'Reload the page.')
    .transform(Number),
  payment: z.enum(['stripe', 'bank-transfer', 'cash-on-delivery', 'paid', 'none'], {
    error: 'Choose how the order is paid.',
  }),
  reference: optionalText(120),
})

/** Deleting and sending happen to the draft as the page showed it. */
export const draftVersionSchema = z.object({ version: version() })
