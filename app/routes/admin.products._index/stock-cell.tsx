import { Form } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { formatCount, formatNumber } from '#app/domain/intl.ts'
import type { ProductListRow } from '#app/domain/products/list-products.server.ts'
import { urls } from '#app/urls.ts'

/** The stock of a product; with one variant it can be changed here. `list` is the query of the list's URL. */
export function StockCell({ product, list }: { product: ProductListRow; list: string }) {
  const { stock, variantCount, onlyVariantId } = product
  const variants = variantCount === 1 ? '' : ` in ${formatCount(variantCount, 'variant')}`
  if (stock === null) return <span className="soft">Not tracked{variants}</span>
  if (onlyVariantId !== null)
    return <StockForm product={product} variantId={onlyVariantId} stock={stock} list={list} />
  return (
    <span className="numeric">
      {formatNumber(stock)}
      {variants || ' in stock'}
    </span>
  )
}

function StockForm({
  product: { id, title },
  variantId,
  stock,
  list,
}: {
  product: ProductListRow
  variantId: number
  stock: number
  list: string
}) {
  // The field stays the same element after a save, so it keeps the focus.
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (field.current) field.current.value = String(stock)
  }, [stock])
  return (
    <Form
      method="post"
      action={urls.admin.productVariantStock(id, variantId)}
      className="stock-form"
      preventScrollReset
    >
      <CsrfField />
      <input type="hidden" name="shown" value={stock} />
      <input type="hidden" name="reason" value="correction" />
      <input type="hidden" name="list" value={`?${list}`} />
      <input
        ref={field}
        aria-label={`Stock of ${title}`}
        type="number"
        name="stock"
        defaultValue={stock}
        min={-1_000_000}
        max={1_000_000}
        required
        autoComplete="off"
        className="input stock-form__field"
      />
      <button className="button button--small stock-form__save">Save</button>
    </Form>
  )
}
