import { Form } from '@remix-run/react'
import { foundText, ProductChoices } from '#app/components/admin/product-choices.tsx'
import { SearchFields } from '#app/components/admin/search-fields.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import type { ListedProduct } from '#app/domain/products/find-products.server.ts'
import { formatNumber } from '#app/domain/intl.ts'
import { urls } from '#app/urls.ts'

type PickerProps = {
  id: number
  query: string
  products: ListedProduct[]
  total: number
  page: number
  perPage: number
  /** Selected on this or another page of results. */
  picked: ListedProduct[]
}

/**
 * One form for query and selection: searching and paging send the selection along, so that it is kept without
 * JavaScript.
 */
export function Picker({ id, query, products, total, page, perPage, picked }: PickerProps) {
  const selection = urls.admin.collectionSelection(id)
  const elsewhere = picked.filter((one) => !products.some((product) => product.id === one.id))
  return (
    <Form method="post" action={selection} className="fields" preventScrollReset>
      <CsrfField />
      <div className="filters__search" role="search">
        <SearchFields
          query={query}
          label="Search products by title or vendor"
          placeholder="Title or vendor"
        />
      </div>
      {elsewhere.length > 0 && (
        <ProductChoices legend="Selected so far" products={elsewhere} isPicked={() => true} />
      )}
      {products.length === 0 ? (
        <p className="soft">{query ? 'No other products match.' : 'There are no other products.'}</p>
      ) : (
        <>
          <ProductChoices
            key={`${query} ${page}`}
            legend={foundText({ page, perPage, shown: products.length, total })}
            products={products}
            isPicked={(productId) => picked.some((one) => one.id === productId)}
          />
          {products.map((product) => (
            <input key={product.id} type="hidden" name="shown" value={product.id} />
          ))}
        </>
      )}
      <div className="row-of-actions">
        <button className="button button--primary" formAction={urls.admin.collectionProducts(id)}>
          Add selected
        </button>
        {products.length > 1 && (
          <button className="button" name="all" value="on">
            Select all {formatNumber(products.length)}
          </button>
        )}
        {page > 1 && (
          <button className="button" name="found" value={page - 1}>
            Previous
          </button>
        )}
        {page * perPage < total && (
          <button className="button" name="found" value={page + 1}>
            Next
          </button>
        )}
      </div>
    </Form>
  )
}
