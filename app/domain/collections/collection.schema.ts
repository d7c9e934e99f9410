import { z } from 'zod'
import { checkbox, optionalRowId, optionalText, rowId, text, version } from '#app/domain/fields.ts'
import { ruleFields } from './rule-fields.ts'
import { handleField, dateTime, seoFields } from '#app/domain/products/product.schema.ts'

export const rulesField = () =>
  z
    .array(
      z.object({
        field: z.enum(ruleFields, { error: 'Choose type, tag or vendor.' }),
        value: optionalText(255),
      }),
    )
    .max(50, 'Use at most 50 conditions.')
    .default([])
    .transform((rules) => rules.filter((rule) => rule.value !== ''))

export const matchField = () => z.enum(['all', 'any']).default('all')

const collectionFields = (shop: { timeZone: string }) => ({
  title: text(255, 'Enter a title.'),
  handle: handleField().refine((handle) => handle !== 'all', {
    error: '“all” is reserved for the list of all products. Choose another handle.',
  }),
  description: optionalText(60_000),
  parentId: optionalRowId(),
  kind: z.enum(['manual', 'rule'], { error: 'Choose a collection type.' }),
  match: matchField(),
  rules: rulesField(),
  isShown: checkbox(),
  publishedAt: dateTime(shop.timeZone),
  ...seoFields(),
})

export const newCollectionSchema = (shop: { timeZone: string }) => z.object(collectionFields(shop))

export const collectionSchema = (shop: { timeZone: string }) =>
  z.object({ ...collectionFields(shop), version: version() })

export type CollectionFacts = z.output<ReturnType<typeof newCollectionSchema>>

/** The query and the selection of the form that adds products. */
const picking = {
  q: optionalText(200),
  productIds: z.array(rowId()).max(200, 'Select at most 200 products at a time.').default([]),
}

export const addMembersSchema = z.object(picking)

/** Continues the selection with another query or page; `all` selects everything that is shown. */
export const selectionSchema = z.object({
  ...picking,
  found: optionalRowId(),
  all: checkbox(),
  shown: z.array(rowId()).max(200).default([]),
})

/** Unsaved rules, sent by the form to count matches. */
export const matchesSchema = z.object({ match: matchField(), rules: rulesField() })
