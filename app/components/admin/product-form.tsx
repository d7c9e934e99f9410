import { CsrfField } from '#app/components/csrf-field.tsx'
import { ErrorSummary } from '#app/components/error-summary.tsx'
import { formFields, type FormResponse } from '#app/components/form-fields.ts'
import type { Constraint } from '#app/components/form-fields.ts'
import type { PriceIssues } from '#app/domain/products/price-issues.ts'
import { EditForm, SaveBar } from './edit-form.tsx'
import { PriceConfirmation } from './price-confirmation.tsx'
import {
  ProductContentFields,
  type ProductFormValues,
  ProductOrganizationFields,
  ProductTaxPanel,
  ProductVisibility,
  SearchPanel,
} from './product-fields.tsx'
import type { VariantFormValues } from './variant-fields.tsx'

export type ProductPageValues = ProductFormValues &
  VariantFormValues & {
    stock: string
    fillGaps: string
    collectionIds: string[]
    images: string[]
    file: string
    options: { name: string; values: string }[]
    rows: { id: string; price: string; compareAtPrice: string; sku: string; stock: string }[]
  }

/** The answer of a refused product page. */
export type ProductAnswer = FormResponse & {
  priceIssues?: PriceIssues
  removedVariants?: { title: string; stock: number }[]
}

export type ProductFields = ReturnType<typeof formFields<ProductPageValues>>

/** The whole product on one page, for a new one and for changes. The parts that differ are given. */
export function ProductForm({
  answer,
  constraint,
  values,
  page,
  isSingle,
  saved,
  hidden,
  confirmations,
  children,
  buttons,
  note,
}: {
  answer: ProductAnswer | undefined
  constraint: Record<string, Constraint>
  values: Partial<ProductPageValues>
  page: {
    timeZone: string
    suggestions: { vendors: string[]; types: string[] }
    collections: { id: number; title: string }[]
    taxClasses: { id: number; title: string }[]
  }
  /** Without options. */
  isSingle: boolean
  saved?: { handle: string; title: string; text: string }
  hidden?: React.ReactNode
  confirmations?: React.ReactNode
  /** Images, prices, stock and options. */
  children: (form: ProductFields) => React.ReactNode
  /** The button that saves first: Enter in a field presses it. */
  buttons: React.ReactNode
  note?: string
}) {
  const form = formFields<ProductPageValues>({ id: 'product', answer, constraint, values })
  return (
    <EditForm method="post" encType="multipart/form-data" answer={answer}>
      <CsrfField />
      {hidden}
      <ErrorSummary form={form} />
      {answer?.priceIssues && <PriceConfirmation issues={answer.priceIssues} isSingle={isSingle} />}
      {confirmations}
      <div className="columns">
        <div>
          <ProductContentFields field={form.field} />
          {children(form)}
          <SearchPanel field={form.field} folder="/products/" saved={saved} />
        </div>
        <div>
          <ProductVisibility field={form.field} timeZone={page.timeZone} />
          <ProductTaxPanel field={form.field} classes={page.taxClasses} />
          <ProductOrganizationFields
            field={form.field}
            suggestions={page.suggestions}
            collections={page.collections}
            chosen={form.list('collectionIds').map(String)}
          />
        </div>
      </div>
      <SaveBar note={note}>{buttons}</SaveBar>
    </EditForm>
  )
}
