import { z } from 'zod'
import { checkbox, optionalText, rowId, text, version, wholeNumber } from '#app/domain/fields.ts'
import { formatNumber } from '#app/domain/intl.ts'
import { type Currency, toDecimal } from '#app/domain/money.ts'
import { amount, dateTime } from '#app/domain/products/product.schema.ts'
import { maxChosen, maxCodesAtOnce, type PromotionKind, promotionMethods } from './promotions.ts'

type ShopFormat = Currency & { timeZone: string }

/** Upper case without spaces, as promotions_code_shape demands. */
const isCode = (code: string) => /^[\p{L}\p{M}\p{N}\p{P}\p{S}]*$/u.test(code) && code === code.toUpperCase()

const code = () =>
  optionalText(50)
    .transform((typed) => typed.toUpperCase())
    .refine(isCode, { error: 'Use letters, digits and hyphens, without spaces.' })

/** Hundredths of a percent, or null for an empty field. */
const percent = () =>
  optionalText(10).transform((typed, context) => {
    if (typed === '') return null
    const match = /^(\d{1,3})(?:[.,](\d{1,2}))?\s*%?$/.exec(typed)
    const hundredths = match ? Number(match[1]! + (match[2] ?? '').padEnd(2, '0')) : 0
    if (hundredths >= 1 && hundredths <= 10_000) return hundredths
    context.addIssue({ code: 'custom', message: 'Enter a percentage from 0.01 to 100, such as 12.5.' })
    return z.NEVER
  })

/** A whole number of 1 or more, or null for an empty field. */
const count = (max = 1_000_000) =>
  optionalText(10).transform((typed, context) => {
    if (typed === '') return null
    if (/^\d{1,9}$/.test(typed) && Number(typed) >= 1 && Number(typed) <= max) return Number(typed)
    context.addIssue({ code: 'custom', message: `Enter a whole number from 1 to ${formatNumber(max)}.` })
    return z.NEVER
  })

const scope = () => z.enum(['all', 'chosen'], { error: 'Choose one.' }).default('all')

const ids = (noun: string) =>
  z.array(rowId()).max(maxChosen, `Choose at most ${maxChosen} ${noun}.`).default([])

/** Every kind of promotion; `toFacts` drops what a kind does not have. */
const fields = (shop: ShopFormat) => ({
  title: text(255, 'Enter a title.'),
  method: z.enum(promotionMethods, { error: 'Choose how it is applied.' }),
  /** Not "code": answers never hold a field of that name. */
  promotionCode: code(),
  percent: percent(),
  amount: amount(shop),
  maxRate: amount(shop),
  buyQuantity: count(1_000),
  getQuantity: count(1_000),
  maxSets: count(1_000),
  scope: scope(),
  collectionIds: ids('collections'),
  productIds: ids('products; for more, choose a collection'),
  getScope: scope(),
  getCollectionIds: ids('collections'),
  getProductIds: ids('products; for more, choose a collection'),
  minimum: z.enum(['none', 'quantity', 'subtotal'], { error: 'Choose one.' }).default('none'),
  minQuantity: count(),
  minSubtotal: amount(shop),
  usageLimit: count(1_000_000_000),
  limitPerCustomer: count(),
  isFirstOrderOnly: checkbox(),
  isCombinable: checkbox(),
  startsAt: dateTime(shop.timeZone),
  endsAt: dateTime(shop.timeZone),
  // The searches for products: what is typed, what was searched before, and the buttons.
  q: optionalText(200),
  getQ: optionalText(200),
  searched: optionalText(200),
  getSearched: optionalText(200),
  find: checkbox(),
  enter: checkbox(),
})

export const newPromotionSchema = (kind: PromotionKind, shop: ShopFormat) =>
  z.object(fields(shop)).superRefine((form, context) => refuse(kind, form, context, shop))

export const promotionSchema = (kind: PromotionKind, shop: ShopFormat) =>
  z
    .object({ ...fields(shop), version: version() })
    .superRefine((form, context) => refuse(kind, form, context, shop))

export type PromotionForm = z.output<z.ZodObject<ReturnType<typeof fields>>>

function refuse(kind: PromotionKind, form: PromotionForm, context: z.RefinementCtx, shop: ShopFormat) {
  const ask = (field: keyof PromotionForm, isMissing: boolean, message: string) => {
    if (isMissing) context.addIssue({ code: 'custom', path: [field], message })
  }
  const example = toDecimal(10 * 10 ** shop.currencyDigits, shop)
  ask('promotionCode', form.method === 'code' && form.promotionCode === '', 'Enter a code.')
  const hasPercent = kind === 'percent' || kind === 'buy-x-get-y'
  ask('percent', hasPercent && form.percent === null, 'Enter a percentage, such as 20.')
  ask('amount', kind === 'fixed' && !form.amount, `Enter an amount of more than 0, such as ${example}.`)
  if (kind === 'buy-x-get-y') {
    ask('buyQuantity', form.buyQuantity === null, 'Enter how many items customers buy.')
    ask('getQuantity', form.getQuantity === null, 'Enter how many items customers get.')
    ask('getScope', isNothing(chosenOf(form, 'get')), nothingChosen)
  }
  ask('scope', isNothing(chosenOf(form, 'buy')), nothingChosen)
  ask('minQuantity', form.minimum === 'quantity' && form.minQuantity === null, 'Enter a number of items.')
  ask(
    'minSubtotal',
    form.minimum === 'subtotal' && !form.minSubtotal,
    `Enter an amount of more than 0, such as ${example}.`,
  )
  ask('startsAt', form.startsAt === null, 'Enter when the promotion starts.')
  const isBackward = form.startsAt !== null && form.endsAt !== null && form.endsAt <= form.startsAt
  ask('endsAt', isBackward, 'Enter an end after the start, or leave it empty.')
}

export const nothingChosen = 'Choose at least one product or collection.'

/** Chosen products and collections; null for everything. */
export type Chosen = { productIds: number[]; collectionIds: number[] } | null

const isNothing = (chosen: Chosen) =>
  chosen !== null && chosen.productIds.length + chosen.collectionIds.length === 0

function chosenOf(form: PromotionForm, list: 'buy' | 'get'): Chosen {
  if (list === 'get')
    return form.getScope === 'all'
      ? null
      : { productIds: form.getProductIds, collectionIds: form.getCollectionIds }
  return form.scope === 'all' ? null : { productIds: form.productIds, collectionIds: form.collectionIds }
}

/** The promotion as it is stored: without what its kind does not have. */
export function toFacts(kind: PromotionKind, form: PromotionForm) {
  const isSet = kind === 'buy-x-get-y'
  const items = chosenOf(form, 'buy')
  const gets = isSet ? chosenOf(form, 'get') : null
  return {
    row: {
      title: form.title,
      isAutomatic: form.method === 'automatic',
      code: form.method === 'code' ? form.promotionCode : null,
      percent: kind === 'percent' || isSet ? form.percent : null,
      amount: kind === 'fixed' ? form.amount : null,
      maxRate: kind === 'free-shipping' ? form.maxRate : null,
      buyQuantity: isSet ? form.buyQuantity : null,
      getQuantity: isSet ? form.getQuantity : null,
      maxSets: isSet ? form.maxSets : null,
      isForAll: items === null,
      getsAll: gets === null,
      minQuantity: form.minimum === 'quantity' ? form.minQuantity : null,
      minSubtotal: form.minimum === 'subtotal' ? form.minSubtotal : null,
      isCombinable: form.isCombinable,
      isFirstOrderOnly: form.isFirstOrderOnly,
      usageLimit: form.usageLimit,
      limitPerCustomer: form.limitPerCustomer,
      // Without a start the schema refuses the form.
      startsAt: form.startsAt!,
      endsAt: form.endsAt,
    },
    items,
    gets,
  }
}

export type PromotionFacts = ReturnType<typeof toFacts>

/** The form that generates codes. */
export const generateCodesSchema = z.object({
  version: version(),
  count: wholeNumber(1, maxCodesAtOnce, 'Enter a whole number from 1 to 10,000.'),
  prefix: optionalText(20)
    .transform((typed) => typed.toUpperCase())
    .refine((prefix) => /^([A-Z0-9][A-Z0-9-]*)?$/.test(prefix), {
      error: 'Use letters, digits and hyphens. Begin with a letter or digit.',
    }),
})
