import { useEffect, useRef } from 'react'
import { useMoney } from '#app/components/shop.ts'
import type { ProductPage } from '#app/domain/storefront/storefront.ts'
import { swatches } from './swatches.ts'
import type { OptionChoice, OptionValue } from '#app/domain/storefront/variant-selection.ts'

/** One option of a product as radio buttons, each with its price or why it is unavailable. */
export function OptionRadios({
  option,
  field,
  product,
  isOnly,
}: {
  option: OptionChoice
  field: string
  product: ProductPage
  isOnly: boolean
}) {
  const chosen = option.values.find(({ isChosen }) => isChosen)
  const colors = swatches({ name: option.name, values: option.values.map(({ value }) => value) })
  return (
    <fieldset className="option">
      <legend>
        <span dir="auto">{option.name}</span>{' '}
        {chosen && (
          <span className="soft" dir="auto">
            {chosen.value}
          </span>
        )}
      </legend>
      <div className="option__values">
        {option.values.map((value, index) => (
          <label key={value.value} className={`option__value option__value--${value.state}`}>
            <OptionRadio field={field} value={value} />
            <span className="option__name">
              {colors?.[index] && <Swatch colors={colors[index]} />}
              <span dir="auto">{value.value}</span>
            </span>
            <OptionHint value={value} product={product} isOnly={isOnly} />
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** One color, or two in halves. */
function Swatch({ colors: [color, second] }: { colors: string[] }) {
  const background = second ? `linear-gradient(135deg, ${color} 50%, ${second} 50%)` : color
  return <span className="swatch" style={{ background }} aria-hidden="true" />
}

/**
 * The radio button stays the same element when the selection changes, so it keeps the focus; a selection that comes from
 * the URL (a link, Back) is set in it.
 */
function OptionRadio({ field, value }: { field: string; value: OptionValue }) {
  const radio = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (radio.current) radio.current.checked = value.isChosen
  }, [value.isChosen])
  return (
    <input
      ref={radio}
      type="radio"
      name={field}
      value={value.value}
      required
      defaultChecked={value.isChosen}
    />
  )
}

/** What distinguishes this value from the others: its price when prices differ, and whether it is unavailable. */
function OptionHint({
  value,
  product,
  isOnly,
}: {
  value: OptionValue
  product: ProductPage
  isOnly: boolean
}) {
  const money = useMoney()
  const variant = product.variants.find(({ id }) => id === value.variantId)
  const prices = new Set(product.variants.map(({ price }) => price))
  const price = isOnly && prices.size > 1 && variant && variant.price !== null ? money(variant.price) : null
  const state =
    value.state === 'impossible'
      ? 'not available in this combination'
      : value.state === 'sold-out'
        ? 'sold out'
        : null
  if (!price && !state) return null
  return <small className="option__aside">{[price, state].filter(Boolean).join(', ')}</small>
}
