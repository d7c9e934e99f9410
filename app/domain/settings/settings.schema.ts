import { z } from 'zod'
import { checkbox, email, optionalText, text, wholeNumber } from '#app/domain/fields.ts'
import { parseDecimal, type Currency } from '#app/domain/money.ts'
import { isInEu } from '#app/domain/pricing/tax.ts'
import { countryCodes } from '#app/domain/shipping/countries.ts'
import { readRegion } from '#app/domain/shipping/places.server.ts'
import type { shippingTax as shippingTaxKinds } from '#db/schema/settings.ts'
import { currencies, isLocale, timeZones } from './regions.ts'

export const currency = () =>
  z.string({ error: 'Choose a currency.' }).refine((code) => currencies.includes(code), 'Choose a currency.')

export const timeZone = () =>
  z.string({ error: 'Choose a time zone.' }).refine((zone) => timeZones.includes(zone), 'Choose a time zone.')

export const locale = () =>
  z
    .string({ error: 'Choose a language and region.' })
    .max(35)
    .refine(isLocale, 'Choose a language and region.')

/** The sections of the settings: each is a form of its own, which saves its fields only. */

export const generalSettings = z.object({
  shopName: text(80, 'Enter the store name.'),
  tagline: optionalText(160),
  accentColor: z
    .string({ error: 'Choose a color.' })
    .toLowerCase()
    .regex(/^#[0-9a-f]{6}$/, 'Choose a color, such as #1f5d4c.'),
  orderPrefix: optionalText(10),
  lowStockThreshold: wholeNumber(0, 1000, 'Enter a number from 0 to 1000.'),
  returnDays: wholeNumber(0, 365, 'Enter a number of days from 0 to 365.'),
  contactEmail: email(),
  contactPhone: optionalText(40),
  contactAddress: optionalText(500),
  showsLowestPrice: checkbox(),
})

export const regionSettings = z.object({ currency: currency(), locale: locale(), timeZone: timeZone() })

/** The shipping rate is typed in the store's currency. */
export const shippingSettings = (currency: Currency) =>
  z
    .object({
      shippingLabel: text(80, 'Enter the shipping method’s name.'),
      shippingRate: text(20, 'Enter the shipping rate; 0 for free shipping.'),
      shippingDaysMin: wholeNumber(0, 90, 'Enter a number of business days from 0 to 90.'),
      shippingDaysMax: wholeNumber(0, 90, 'Enter a number of business days from 0 to 90.'),
      shipsTo: z.enum(['everywhere', 'selected'], { error: 'Choose where you ship to.' }),
      shippingCountries: z
        .array(z.string().refine((code) => countryCodes.includes(code), 'Choose countries from the list.'))
        .max(countryCodes.length, 'Choose countries from the list.')
        .default([]),
    })
    .transform(({ shipsTo, ...input }, context) => {
      const shippingRate = parseDecimal(input.shippingRate, currency)
      if (shippingRate === null) issue(context, 'shippingRate', 'Enter an amount, such as 4.90.')
      if (input.shippingDaysMax < input.shippingDaysMin)
        issue(context, 'shippingDaysMax', 'The maximum can’t be less than the minimum.')
      if (shipsTo === 'selected' && input.shippingCountries.length === 0)
        issue(context, 'shippingCountries', 'Choose at least one country, or ship to all countries.')
      const shippingCountries = shipsTo === 'everywhere' ? [] : [...new Set(input.shippingCountries)]
      return { ...input, shippingCountries, shippingRate: shippingRate ?? 0 }
    })

type ShippingTax = (typeof shippingTaxKinds.enumValues)[number]

/** How shipping is taxed: the first three, or the id of a tax class. */
const shippingTax = () =>
  z
    .string({ error: 'Choose the tax on shipping.' })
    .regex(/^(none|goods|standard|[1-9]\d{0,14})$/, 'Choose the tax on shipping.')

export const taxSettings = z
  .object({
    storeCountry: optionalText(2).refine(
      (code) => code === '' || countryCodes.includes(code),
      'Choose a country from the list.',
    ),
    storeRegion: optionalText(120),
    prices: z.enum(['include', 'exclude'], { error: 'Choose whether prices include tax.' }),
    taxLabel: text(20, 'Enter what the tax is called, such as VAT.'),
    shippingTax: shippingTax(),
    allowsReverseCharge: checkbox(),
  })
  .transform(({ prices, shippingTax: taxed, ...input }, context) => {
    const storeRegion = readRegion(input.storeCountry, input.storeRegion)
    if (storeRegion === null) issue(context, 'storeRegion', 'Enter a state or province of this country.')
    const kind: ShippingTax = taxed === 'none' ? 'none' : taxed === 'goods' ? 'goods' : 'class'
    return {
      ...input,
      storeRegion: storeRegion ?? '',
      pricesIncludeTax: prices === 'include',
      shippingTax: kind,
      shippingTaxClassId: kind !== 'class' || taxed === 'standard' ? null : Number(taxed),
      allowsReverseCharge: input.allowsReverseCharge && isInEu(input.storeCountry),
    }
  })

export const paymentSettings = z.object({
  acceptsBankTransfer: checkbox(),
  bankDetails: optionalText(1000),
  bankTransferDays: optionalText(10)
    .refine(
      (typed) => typed === '' || /^([1-9]|[1-8]\d|90)$/.test(typed),
      'Enter a number of days from 1 to 90.',
    )
    .transform((typed) => (typed === '' ? null : Number(typed))),
  acceptsCashOnDelivery: checkbox(),
  capturesLater: checkbox(),
})

/** The same for a form: a store without card payments has to offer another payment method. */
export const paymentForm = (acceptsCards: boolean) =>
  paymentSettings.refine(
    ({ acceptsBankTransfer, acceptsCashOnDelivery }) =>
      acceptsCards || acceptsBankTransfer || acceptsCashOnDelivery,
    { path: ['acceptsBankTransfer'], error: 'Offer at least one payment method.' },
  )

export const invoiceSettings = z
  .object({
    legalName: optionalText(200),
    legalAddress: optionalText(500),
    taxNumber: optionalText(60),
    invoicePrefix: optionalText(10),
    creditNotePrefix: optionalText(10),
    reverseChargeNote: text(300, 'Enter the note, which the law requires.'),
    paperSize: z.enum(['a4', 'letter'], { error: 'Choose the paper size.' }),
  })
  .refine(({ invoicePrefix, creditNotePrefix }) => invoicePrefix !== creditNotePrefix, {
    path: ['creditNotePrefix'],
    error: 'Enter another prefix than that of invoices.',
  })

export const marketingSettings = z.object({
  remindsOfCarts: checkbox(),
  reviewRequestDays: optionalText(10)
    .refine(
      (typed) => typed === '' || /^([1-9]|[1-8]\d|90)$/.test(typed),
      'Enter a number of days from 1 to 90.',
    )
    .transform((typed) => (typed === '' ? null : Number(typed))),
})

export const securitySettings = z.object({ staffNeedTwoFactor: checkbox() })

function issue(context: z.RefinementCtx, path: string, message: string) {
  context.addIssue({ code: 'custom', path: [path], message })
}
