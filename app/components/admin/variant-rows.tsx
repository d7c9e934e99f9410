import { Link, useSearchParams } from '@remix-run/react'
import { Field } from '#app/components/field.tsx'
import { submittedOr } from '#app/components/form-fields.ts'
import { Pagination } from '#app/components/pagination.tsx'
import { variantsPerPage, variantTitle } from '#app/domain/products/options.ts'
import { urls } from '#app/urls.ts'
import { withParams } from './list-params.ts'
import { Panel } from './panel.tsx'
import type { ProductFields } from './product-form.tsx'
import { StockAlertCount } from './stock-alert-count.tsx'

type Row = { id: number; optionValues: string[]; trackStock: boolean; stock: number }

/** Price, SKU and stock of one page of a product's variants, in the product's form. */
export function VariantRows({
  productId,
  rows,
  total,
  page,
  currency,
  form,
  stockAlerts,
  warning,
}: {
  productId: number
  rows: Row[]
  total: number
  page: number
  currency: string
  form: ProductFields
  /** How many shoppers ask to be notified, by variant. */
  stockAlerts: Record<number, number>
  warning?: string
}) {
  const [params] = useSearchParams()
  return (
    <Panel
      title="Variants"
      flush
      foot={
        <p className="soft small">
          Stock is saved as an adjustment, so recent sales are included.
          {total > variantsPerPage && ' Save before you go to another page.'}
        </p>
      }
    >
      {warning && <p className="notice notice--warn variants__warning">{warning}</p>}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrollable region has to be reachable by keyboard */}
      <section className="scroller" aria-label="Prices and stock" tabIndex={0}>
        <table className="list grid-form">
          <caption className="visually-hidden">Price, SKU and stock of each variant</caption>
          <thead>
            <tr>
              <th scope="col">Variant</th>
              <th scope="col">Price, {currency}</th>
              <th scope="col">Compare-at, {currency}</th>
              <th scope="col">SKU</th>
              <th scope="col">Stock</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((variant, index) => (
              <VariantRow
                key={variant.id}
                {...{ productId, variant, index, form }}
                alerts={stockAlerts[variant.id]}
              />
            ))}
          </tbody>
        </table>
      </section>
      <Pagination
        page={page}
        perPage={variantsPerPage}
        total={total}
        noun={['variant', 'variants']}
        to={(to) => withParams(params, { page: to })}
      />
    </Panel>
  )
}

function VariantRow({
  productId,
  variant,
  index,
  form,
  alerts,
}: {
  productId: number
  variant: Row
  index: number
  form: ProductFields
  alerts: number | undefined
}) {
  const name = variantTitle(variant.optionValues) || 'Variant'
  const field = (key: 'price' | 'compareAtPrice' | 'sku' | 'stock') => form.field(`rows[${index}].${key}`)
  const amount = { hidesLabel: true, inputMode: 'decimal', className: 'input--number' } as const
  return (
    <tr>
      <th scope="row">
        <input type="hidden" name={`rows[${index}].id`} value={variant.id} />
        <Link className="list__link" to={urls.admin.productVariant(productId, variant.id)} dir="auto">
          {name}
        </Link>
        <StockAlertCount count={alerts} />
      </th>
      <td>
        <Field {...field('price')} {...amount} label={`Price of ${name}`} />
      </td>
      <td>
        <Field {...field('compareAtPrice')} {...amount} label={`Compare-at price of ${name}`} />
      </td>
      <td>
        <Field {...field('sku')} label={`SKU of ${name}`} hidesLabel autoComplete="off" />
      </td>
      <td>
        {variant.trackStock ? (
          <>
            <input
              type="hidden"
              name={`rows[${index}].shown`}
              value={submittedOr(form.answer, `rows[${index}].shown`, variant.stock)}
            />
            <Field {...field('stock')} label={`Stock of ${name}`} hidesLabel type="number" />
          </>
        ) : (
          <span className="soft">Not tracked</span>
        )}
      </td>
    </tr>
  )
}
