import { Thumbnail } from '#app/components/admin/thumbnail.tsx'
import { describe, FieldError } from '#app/components/field.tsx'
import type { formFields } from '#app/components/form-fields.ts'
import { formatCount, formatNumber } from '#app/domain/intl.ts'
import type { FoundProducts, PickerProduct } from '#app/domain/promotions/find-items.server.ts'
import type { PromotionValues } from './promotion-form.tsx'

/** The fields of one list: what a promotion applies to, or what customers get. */
const names = {
  buy: {
    scope: 'scope',
    collectionIds: 'collectionIds',
    productIds: 'productIds',
    q: 'q',
    searched: 'searched',
  },
  get: {
    scope: 'getScope',
    collectionIds: 'getCollectionIds',
    productIds: 'getProductIds',
    q: 'getQ',
    searched: 'getSearched',
  },
} as const

type ItemsFieldProps = {
  list: keyof typeof names
  form: ReturnType<typeof formFields<PromotionValues>>
  /** URL of the form's action. */
  action: string
  label: string
  allLabel: string
  collections: { id: number; title: string }[]
  /** The products that are chosen in any list of the form. */
  chosen: PickerProduct[]
  found: FoundProducts
}

/**
 * Everything, or chosen collections and products. Searching for products sends the whole form, so that what was typed
 * and chosen is kept without JavaScript.
 */
export function PromotionItemsField(props: ItemsFieldProps) {
  const { list, form, label, allLabel, collections } = props
  const { scope, collectionIds, productIds } = names[list]
  const field = form.field(scope)
  const errors = ([scope, collectionIds, productIds] as const).map((name) => form.field(name).errors?.[0])
  const error = errors.find(Boolean)
  const chosenCollections = form.list(collectionIds).map(String)
  return (
    <fieldset className="field" id={field.id} tabIndex={-1} {...describe(field.id, { error })}>
      <legend>{label}</legend>
      {[
        { value: 'all', text: allLabel },
        { value: 'chosen', text: 'Chosen products and collections' },
      ].map(({ value, text }) => (
        <label className="check" key={value}>
          <input type="radio" name={scope} value={value} defaultChecked={field.defaultValue === value} />
          <span className="check__text">{text}</span>
        </label>
      ))}
      {error && <FieldError id={field.id} error={error} />}
      <div className="items">
        {collections.length > 0 && (
          <fieldset className="field" id={form.idOf(collectionIds)} tabIndex={-1}>
            <legend>Collections</legend>
            <div className="check-list">
              {collections.map(({ id, title }) => (
                <label className="check" key={id}>
                  <input
                    type="checkbox"
                    name={collectionIds}
                    value={id}
                    defaultChecked={chosenCollections.includes(String(id))}
                  />
                  <span className="check__text" dir="auto">
                    {title}
                  </span>
                </label>
              ))}
            </div>
          </fieldset>
        )}
        <Products {...props} />
      </div>
    </fieldset>
  )
}

function Products({ list, form, action, chosen, found }: ItemsFieldProps) {
  const { productIds, q, searched } = names[list]
  const ids = form.list(productIds).map(String)
  const isChosen = ({ id }: PickerProduct) => ids.includes(String(id))
  const query = form.field(q)
  const others = found?.products.filter((product) => !isChosen(product)) ?? []
  return (
    <div className="items__products" id={form.idOf(productIds)} tabIndex={-1}>
      {ids.length > 0 && (
        <Choices name={productIds} legend="Products" products={chosen.filter(isChosen)} isOn />
      )}
      <div className="filters__search">
        <input
          className="input"
          type="search"
          id={query.id}
          name={q}
          key={query.defaultValue}
          defaultValue={query.defaultValue}
          maxLength={200}
          aria-label="Search products by title or vendor"
          placeholder="Product title or vendor"
        />
        <input type="hidden" name={searched} value={query.defaultValue} />
        <button
          className="button"
          name="find"
          value="on"
          formAction={`${action}#${form.idOf(productIds)}`}
          formNoValidate
        >
          Search products
        </button>
      </div>
      <p className="soft small" role="status">
        {found && resultText(found.total, found.products.length, others.length)}
      </p>
      {others.length > 0 && (
        <Choices key={query.defaultValue} name={productIds} legend="Found products" products={others} />
      )}
    </div>
  )
}

function resultText(total: number, shown: number, others: number): string {
  if (total === 0) return 'No products match.'
  if (others === 0) return 'All products found are chosen already.'
  if (total > shown)
    return `The first ${formatNumber(shown)} of ${formatNumber(total)}. Search for more words to narrow it down.`
  return `${formatCount(total, 'product')} found. Select those to add.`
}

function Choices(props: { name: string; legend: string; products: PickerProduct[]; isOn?: boolean }) {
  const { name, legend, products, isOn = false } = props
  return (
    <fieldset className="picker">
      <legend className="label">{legend}</legend>
      {products.map((product) => (
        <label className="check picker__row" key={product.id}>
          <input type="checkbox" name={name} value={product.id} defaultChecked={isOn} />
          <Thumbnail image={product.image} />
          <span dir="auto">
            {product.title} <span className="soft small">{product.vendor}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
