import { z } from 'zod'
import { checkbox, email, optionalText, text, wholeNumber } from '#app/domain/fields.ts'
import { parseDecimal } from '#app/domain/money.ts'

/** Currencies, time zones and regions that this JavaScript engine supports (ECMA-402). */
export const currencies: string[] = Intl.supportedValuesOf('currency')
export const timeZones: string[] = ['UTC', ...Intl.supportedValuesOf('timeZone')]

export const currency = () =>
  z.string({ error: 'Choose a currency.' }).refine((code) => currencies.includes(code), 'Choose a currency.')

export const timeZone = () =>
  z.string({ error: 'Choose a time zone.' }).refine((zone) => timeZones.includes(zone), 'Choose a time zone.')

export const locale = () =>
  z
    .string({ error: 'Choose a language and region, such as en-GB.' })
    .max(35)
    .refine(isLocale, 'Enter a language such as en-GB, de-AT or ja.')

function isLocale(tag: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf(tag).length === 1
  } catch {
    return false
  }
}

export const settingsSchema = z
  .object({
    shopName: text(80, 'Enter the store name.'),
    tagline: optionalText(160),
    currency: currency(),
    locale: locale(),
    timeZone: timeZone(),
    orderPrefix: optionalText(10),
    contactEmail: email(),
    contactPhone: optionalText(40),
    contactAddress: optionalText(500),
    accentColor: z
      .string({ error: 'Choose a color.' })
      .toLowerCase()
      .regex(/^#[0-9a-f]{6}$/, 'Choose a color, such as #1f5d4c.'),
    shippingLabel: text(80, 'Enter the shipping method’s name.'),
    /** As typed, in the shop's currency. */
    shippingRate: text(20, 'Enter the shipping rate; 0 for free shipping.'),
    shippingDaysMin: wholeNumber(0, 90, 'Enter a number of business days from 0 to 90.'),
    shippingDaysMax: wholeNumber(0, 90, 'Enter a number of business days from 0 to 90.'),
    /** ISO 3166 codes separated by spaces or commas; empty means everywhere. */
    shippingCountries: optionalText(1000).transform((list) =>
      list
        .toUpperCase()
        .split(/[\s,]+/)
        .filter(Boolean),
    ),
    acceptsBankTransfer: checkbox(),
    acceptsCashOnDelivery: checkbox(),
    bankDetails: optionalText(1000),
    lowStockThreshold: wholeNumber(0, 1000, 'Enter a number from 0 to 1000.'),
    staffNeedTwoFactor: checkbox(),
  })
  .transform((input, context) => {
    const shippingRate = parseDecimal(input.shippingRate, input.currency)
    if (shippingRate === null) issue(context, 'shippingRate', 'Enter an amount, such as 4.90.')
    if (input.shippingDaysMax < input.shippingDaysMin)
      issue(context, 'shippingDaysMax', 'The maximum can’t be less than the minimum.')
    if (input.shippingCountries.some((code) => !/^[A-Z]{2}$/.test(code)))
      issue(context, 'shippingCountries', 'Enter two-letter country codes, such as DE AT CH.')
    if (!input.acceptsBankTransfer && !input.acceptsCashOnDelivery)
      issue(context, 'acceptsBankTransfer', 'Offer at least one payment method.')
    return { ...input, shippingRate: shippingRate ?? 0 }
  })

export type SettingsInput = z.output<typeof settingsSchema>

function issue(context: z.RefinementCtx, path: string, message: string) {
  context.addIssue({ code: 'custom', path: [path], message })
}
