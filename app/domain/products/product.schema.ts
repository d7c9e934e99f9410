import { z } from 'zod'
import {
  checkbox,
  optionalRowId,
  optionalText,
  rowId,
  text,
  version,
  wholeNumber,
} from '#app/domain/fields.ts'
import { parseDecimal, type Currency } from '#app/domain/money.ts'
import { isHandle } from './handle.ts'
import { maxOptions, maxVariants, splitValues, variantsPerPage } from './options.ts'
import { productStatuses } from './product-state.ts'
import { weightUnits } from '#app/domain/weight.ts'
import { fromLocalInput } from './zoned-time.ts'

/** The input of the product forms. Amounts and times are read in the shop's currency and time zone. */

const again = 'Reload the page.'

/** Lowercased, like in imports: the same handle in a file is the same product. */
export const handleField = () =>
  optionalText(255)
    .transform((handle) => handle.toLowerCase())
    .refine((handle) => handle === '' || isHandle(handle), {
      error: 'The handle is part of the page URL: don’t use spaces, /, ? or #.',
    })

/** Minor units, or null for an empty field. */
export const amount = (currency: Currency) =>
  optionalText(30).transform((typed, context) => {
    if (typed === '') return null
    const minor = parseDecimal(typed, currency)
    if (minor !== null) return minor
    const example = (19.9).toFixed(currency.currencyDigits)
    context.addIssue({ code: 'custom', message: `Enter an amount, such as ${example}.` })
    return z.NEVER
  })

/** A time in the shop's time zone, or null for an empty field. */
export const dateTime = (timeZone: string) =>
  optionalText(30).transform((typed, context) => {
    if (typed === '') return null
    const instant = fromLocalInput(typed, timeZone)
    if (instant) return instant
    context.addIssue({ code: 'custom', message: 'Enter a date and a time, such as 2026-11-23 09:30.' })
    return z.NEVER
  })

const tags = () =>
  optionalText(5000)
    .transform((list) => [...new Set(splitValues(list))])
    .refine((list) => list.length <= 250, { error: 'Use at most 250 tags.' })

export const seoFields = () => ({ seoTitle: optionalText(255), seoDescription: optionalText(1000) })

const collectionIds = () => z.array(rowId()).max(250, 'Choose at most 250 collections.').default([])

const factFields = (timeZone: string) => ({
  title: text(255, 'Enter a title.'),
  handle: handleField(),
  description: optionalText(60_000),
  vendor: optionalText(255),
  type: optionalText(255),
  tags: tags(),
  category: optionalText(500),
  status: z.enum(productStatuses, { error: 'Choose draft, active or archived.' }),
  isShown: checkbox(),
  publishedAt: dateTime(timeZone),
  /** Null: standard. */
  taxClassId: optionalRowId(),
  ...seoFields(),
})

export type ProductFacts = z.output<z.ZodObject<ReturnType<typeof factFields>>>

const optionRows = () =>
  z
    .array(
      z.object({
        name: optionalText(60),
        values: optionalText(20_000)
          .transform(splitValues)
          .refine((values) => values.every((value) => value.length <= 255), {
            error: 'Use at most 255 characters for a value.',
          }),
        /** Position of the option before the change; empty for a new one. */
        was: z
          .enum(['', '0', '1', '2'])
          .default('')
          .transform((place) => (place === '' ? null : Number(place))),
      }),
    )
    .max(maxOptions)
    .default([])
    .transform((rows) => rows.filter((row) => row.name !== '' || row.values.length > 0))

const stockNumber = () => wholeNumber(-1_000_000, 1_000_000, 'Enter a whole number up to 1,000,000.')

/** A variant's fields except its option values, image and stock. */
const variantFields = (currency: Currency) => ({
  price: amount(currency),
  compareAtPrice: amount(currency),
  cost: amount(currency),
  sku: optionalText(255),
  barcode: optionalText(255),
  weight: optionalText(12)
    .refine((typed) => /^\d{0,7}([.,]\d{1,4})?$/.test(typed), { error: 'Enter a weight, such as 0.25.' })
    .transform((typed) => Number(typed.replace(',', '.'))),
  weightUnit: z.enum(weightUnits, { error: 'Choose a unit.' }).default('kg'),
  trackStock: checkbox(),
  allowBackorder: checkbox(),
  requiresShipping: checkbox(),
  taxable: checkbox(),
})

/** What the pages for a new and for an existing product have in common. */
const editorFields = (shop: Currency & { timeZone: string }) => ({
  ...factFields(shop.timeZone),
  /** The button "Save and publish". */
  publish: checkbox(),
  /** Publish variants without a price or for free. */
  confirmPrices: checkbox(),
  options: optionRows(),
  /** Stored images to add, by hash. */
  images: z
    .array(z.string().regex(/^[0-9a-f]{64}$/, again))
    .max(50, 'Add at most 50 images at once.')
    .default([])
    .transform((hashes) => [...new Set(hashes)]),
  collectionIds: collectionIds(),
  ...variantFields(shop),
})

export const newProductSchema = (shop: Currency & { timeZone: string }) =>
  z.object({
    ...editorFields(shop),
    stock: optionalText(10)
      .refine((typed) => /^\d{0,7}$/.test(typed) && Number(typed) <= 1_000_000, {
        error: 'Enter a whole number from 0 to 1,000,000.',
      })
      .transform(Number),
  })

export type NewProduct = z.output<ReturnType<typeof newProductSchema>>

const variantRows = (currency: Currency) =>
  z.array(
    z.object({
      id: rowId(),
      price: amount(currency),
      compareAtPrice: amount(currency),
      sku: optionalText(255),
      /** The stock that the form showed and the new stock; absent for variants that do not track stock. */
      shown: stockNumber().optional(),
      stock: stockNumber().optional(),
    }),
  )

export type VariantRow = z.output<ReturnType<typeof variantRows>>[number]

/**
 * An existing product: the fields of its one variant, or with options a row for each variant of the page. `shown` and
 * `shownCollectionIds` are what the form showed, so that only the user's own changes are applied.
 */
export const productSchema = (shop: Currency & { timeZone: string }) =>
  z.object({
    ...editorFields(shop),
    version: version(),
    shown: stockNumber().optional(),
    stock: stockNumber().optional(),
    rows: variantRows(shop).max(variantsPerPage).default([]),
    shownCollectionIds: collectionIds(),
    fillGaps: checkbox(),
    /** How many variants the user has confirmed to remove. */
    removals: wholeNumber(0, maxVariants, again).optional(),
  })

export type ProductEdit = z.output<ReturnType<typeof productSchema>>

export const variantSchema = (shop: Currency) =>
  z.object({
    ...variantFields(shop),
    version: version(),
    confirmPrices: checkbox(),
    optionValues: z.array(text(255, 'Enter a value.')).max(maxOptions).default([]),
    imageId: optionalRowId(),
  })

export type VariantFacts = Omit<z.output<ReturnType<typeof variantSchema>>, 'version' | 'confirmPrices'>

export const stockSchema = z.object({
  shown: stockNumber(),
  stock: wholeNumber(-1_000_000, 1_000_000, 'Enter the quantity as a whole number.'),
  reason: z.enum(['correction', 'received'], { error: 'Choose a reason.' }),
  note: optionalText(500),
  /** The query of the product list from which it was sent, to return there. */
  list: z
    .string()
    .max(4000)
    .regex(/^\?[\w.~%&=+*-]*$/)
    .optional()
    .catch(undefined),
})

/** A form without fields. */
export const emptySchema = z.object({})
