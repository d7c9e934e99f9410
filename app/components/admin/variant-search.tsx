import { Field } from '#app/components/field.tsx'
import type { FieldProps, FormResponse } from '#app/components/form-fields.ts'
import { useMoney } from '#app/components/shop.ts'
import type { FoundVariant } from '#app/domain/products/find-variants.server.ts'
import { Panel } from './panel.tsx'
import { Thumbnail } from './thumbnail.tsx'
import type { TypedVariant } from './typed-variants.ts'

/** A search for products, and a quantity for each variant that was found or is chosen. */
export function VariantSearch({
  title,
  name,
  form,
  answer,
  rows,
  typed,
  labelOf,
  warningOf,
}: {
  title: string
  /** Of the form's list of rows. */
  name: string
  form: { field: (name: string) => FieldProps }
  answer: FormResponse | undefined
  rows: FoundVariant[]
  /** The quantities of the rows, which may have been in another order when they were sent. */
  typed: TypedVariant[]
  /** The label of a quantity. */
  labelOf: (variant: FoundVariant) => string
  /** What is wrong with a chosen variant. */
  warningOf?: (variant: FoundVariant) => string | undefined
}) {
  const money = useMoney()
  const query = form.field('q')
  const indexOf = ({ variantId }: FoundVariant) => typed.findIndex((row) => row.variantId === variantId)
  const isNothingFound = rows.every(({ isChosen }) => isChosen)
  return (
    <Panel title={title} flush>
      <div className="panel__body">
        <div className="filters__search">
          <input
            {...{ id: query.id, name: 'q', type: 'search', className: 'input', maxLength: 200 }}
            defaultValue={query.defaultValue}
            aria-label="Search products by title or SKU"
            placeholder="Product title or SKU"
          />
          <button className="button" name="find" value="on" formNoValidate>
            Search products
          </button>
        </div>
        <p className="soft small" role="status">
          {query.defaultValue && (isNothingFound ? 'No products match.' : 'Enter the quantities to add.')}
        </p>
      </div>
      {rows.length > 0 && (
        <ul className="lines" role="list">
          {rows.map((variant, index) => (
            <li key={variant.variantId}>
              <span className="with-thumb">
                <Thumbnail image={variant.image} />
                <span>
                  <b dir="auto">{variant.title}</b>
                  <span className="sub" dir="auto">
                    {[variant.variantTitle, variant.sku, variant.isTracked && `${variant.stock} in stock`]
                      .filter(Boolean)
                      .join(' · ')}
                  </span>
                  {warningOf?.(variant) && <span className="lines__warning">{warningOf(variant)}</span>}
                </span>
              </span>
              <span className="lines__quantity">{variant.price !== null && money(variant.price)}</span>
              <div>
                <input type="hidden" name={`${name}[${index}].variantId`} value={variant.variantId} />
                <Field
                  {...form.field(`${name}[${index}].quantity`)}
                  errors={answer?.errors[`${name}[${indexOf(variant)}].quantity`] ?? undefined}
                  label={labelOf(variant)}
                  hidesLabel
                  type="number"
                  min={0}
                  max={999}
                  defaultValue={typed[indexOf(variant)]?.quantity ?? '0'}
                />
              </div>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
