import { Form } from '@remix-run/react'
import { SearchFields } from '#app/components/admin/search-fields.tsx'
import { Thumbnail } from '#app/components/admin/thumbnail.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import type { FoundProduct } from '#app/domain/collections/find-products.server.ts'
import { formatNumber } from '#app/domain/intl.ts'
import { urls } from '#app/urls.ts'

type PickerProps = {
  id: number
  query: string
  products: FoundProduct[]
  total: number
  page: number
  perPage: number
  /** Selected on this or another page of results. */
  picked: FoundProduct[]
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
        <Choices legend="Selected so far" products={elsewhere} isPicked={() => true} />
      )}
      {products.length === 0 ? (
        <p className="soft">{query ? 'No other products match.' : 'There are no other products.'}</p>
      ) : (
        <>
          <Choices
            key={`${query} ${page}`}
            legend={rangeText({ first: (page - 1) * perPage + 1, shown: products.length, total })}
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

type ChoicesProps = { legend: string; products: FoundProduct[]; isPicked: (id: number) => boolean }

function Choices({ legend, products, isPicked }: ChoicesProps) {
  return (
    <fieldset className="picker">
      <legend className="label">{legend}</legend>
      {products.map((product) => (
        <label className="check picker__row" key={`${product.id} ${isPicked(product.id)}`}>
          <input type="checkbox" name="productIds" value={product.id} defaultChecked={isPicked(product.id)} />
          <Thumbnail image={product.image} />
          <span dir="auto">
            {product.title} <span className="soft small">{product.vendor}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

function rangeText({ first, shown, total }: { first: number; shown: number; total: number }): string {
  if (total === shown) return `${formatNumber(total)} found`
  return `${formatNumber(first)}–${formatNumber(first + shown - 1)} of ${formatNumber(total)}`
}
