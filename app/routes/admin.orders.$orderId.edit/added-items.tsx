import { Panel } from '#app/components/admin/panel.tsx'
import { Thumbnail } from '#app/components/admin/thumbnail.tsx'
import { Field } from '#app/components/field.tsx'
import { useMoney } from '#app/components/shop.ts'
import type { FoundVariant } from '#app/domain/order-edits/find-variants.server.ts'
import type { EditAnswer, EditFields } from './order-edit-form.tsx'
import { typedVariants } from './typed-variants.ts'

/** A search for products, and a quantity for each variant that was found. */
export function AddedItems({ form, result }: { form: EditFields; result: EditAnswer | undefined }) {
  const money = useMoney()
  const typed = result ? typedVariants(result.typed) : []
  const found = result?.found ?? []
  const query = form.field('q')
  // The rows were in another order when they were sent.
  const typedOf = ({ variantId }: FoundVariant) => typed.find((row) => row.variantId === variantId)
  const errorsOf = (variant: FoundVariant) => {
    const index = typed.findIndex((row) => row.variantId === variant.variantId)
    return result?.errors[`added[${index}].quantity`] ?? undefined
  }
  return (
    <Panel title="Add items" flush>
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
          {query.defaultValue && (found.length === 0 ? 'No products match.' : 'Enter the quantities to add.')}
        </p>
      </div>
      {found.length > 0 && (
        <ul className="lines" role="list">
          {found.map((variant, index) => (
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
                </span>
              </span>
              <span className="lines__quantity">{variant.price !== null && money(variant.price)}</span>
              <div>
                <input type="hidden" name={`added[${index}].variantId`} value={variant.variantId} />
                <Field
                  {...form.field(`added[${index}].quantity`)}
                  errors={errorsOf(variant)}
                  label={`Quantity of ${variant.title} to add`}
                  hidesLabel
                  type="number"
                  min={0}
                  max={999}
                  defaultValue={typedOf(variant)?.quantity || '0'}
                />
              </div>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
