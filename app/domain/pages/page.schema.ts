import { z } from 'zod'
import { checkbox, text, version } from '#app/domain/fields.ts'
import { handleField, seoFields } from '#app/domain/products/product.schema.ts'

/** A policy's form has no fields for `handle` and `inFooter`: its handle is fixed, and the footer links all policies. */
const fields = {
  title: text(255, 'Enter a title.'),
  handle: handleField(),
  body: text(60_000, 'Enter the text.'),
  isPublished: checkbox(),
  inFooter: checkbox(),
  ...seoFields(),
}

export const newPageSchema = z.object(fields)

export const pageSchema = z.object({ ...fields, version: version() })

export type PageFacts = z.output<typeof newPageSchema>
