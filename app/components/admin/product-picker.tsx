import { Form, useSearchParams } from '@remix-run/react'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { ErrorSummary } from '#app/components/error-summary.tsx'
import { formFields, type FormResponse } from '#app/components/form-fields.ts'
import { Pagination } from '#app/components/pagination.tsx'
import { pickerSearch, withParams } from './list-params.ts'
import { foundText, type ProductChoice, ProductChoices } from './product-choices.tsx'
import { SearchFields } from './search-fields.tsx'

export type ProductSearch = {
  query: string
  products: ProductChoice[]
  total: number
  page: number
  perPage: number
}

/**
 * Searches products, and sends those that are checked to the index route of this page, with the search in its URL.
 * `children` are the buttons that send.
 */
export function ProductPicker({
  action,
  search,
  answer,
  children,
}: {
  action: string
  search: ProductSearch
  answer: FormResponse | undefined
  children: React.ReactNode
}) {
  const { query, products, total, page, perPage } = search
  const [params] = useSearchParams()
  const form = formFields<{ productIds: string[] }>({ answer })
  const picked = form.list('productIds')
  const { kept } = pickerSearch(params)
  return (
    <div className="fields">
      <ErrorSummary form={form} />
      <Form method="get" className="filters__search" role="search" preventScrollReset>
        <SearchFields
          query={query}
          label="Search products by title or vendor"
          placeholder="Title or vendor"
        />
      </Form>
      {products.length === 0 ? (
        <p className="soft">{query ? 'No other products match.' : 'There are no other products.'}</p>
      ) : (
        <Form
          method="post"
          action={`${action}?index${kept.replace('?', '&')}`}
          className="fields"
          key={`${query} ${page}`}
          preventScrollReset
        >
          <CsrfField />
          <ProductChoices
            legend={foundText({ page, perPage, shown: products.length, total })}
            products={products}
            isPicked={(id) => picked.includes(String(id))}
          />
          <div className="row-of-actions">{children}</div>
        </Form>
      )}
      <Pagination {...{ page, perPage, total }} to={(to) => withParams(params, { found: to, index: null })} />
    </div>
  )
}
