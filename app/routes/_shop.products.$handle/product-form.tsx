import { Link, useFetcher, useNavigate } from '@remix-run/react'
import { useEffect, useState } from 'react'
import { addToCartKey, inlineFormData } from '#app/components/cart-fetcher.ts'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { Price } from '#app/components/price.tsx'
import { useShop } from '#app/components/shop.ts'
import { formatAvailability } from '#app/domain/stock/availability.ts'
import type { ProductPage, ProductVariant } from '#app/domain/storefront/storefront.ts'
import type { VariantSelection, OptionChoice } from '#app/domain/storefront/variant-selection.ts'
import { urls } from '#app/urls.ts'
import { OptionRadios } from './option-radios.tsx'
import { useFoundBy } from './use-found-by.ts'

/**
 * Price, options and the button in one form. Without JavaScript the radio buttons are submitted and the server selects
 * the variant; with JavaScript a changed radio button updates the URL at once.
 */
export function ProductForm({
  product,
  choice,
  options,
}: {
  product: ProductPage
  choice: VariantSelection<ProductVariant> | null
  options: OptionChoice[]
}) {
  const fetcher = useFetcher<{ ok: boolean; text: string }>({ key: addToCartKey })
  const navigate = useNavigate()
  const foundBy = useFoundBy()
  const variant = choice?.kind === 'variant' ? choice.variant : null
  const isBusy = fetcher.state !== 'idle'
  const refusal = !isBusy && fetcher.data?.ok === false ? fetcher.data.text : null

  function showVariant(form: HTMLFormElement) {
    const picked = new FormData(form)
    const values = Object.fromEntries(
      product.optionNames.map((_, index) => [
        `option${index + 1}`,
        String(picked.get(`option${index + 1}`) ?? ''),
      ]),
    )
    navigate(urls.foundProduct(product.handle, foundBy, values), { replace: true, preventScrollReset: true })
  }

  return (
    <fetcher.Form
      method="post"
      action={urls.cartLines()}
      className="buy"
      onChange={(event) => {
        const target = event.target as unknown as HTMLInputElement
        if (target.type === 'radio' && target.form) showVariant(target.form)
      }}
      onSubmit={(event) => {
        const submitter = (event.nativeEvent as SubmitEvent).submitter
        if (submitter?.hasAttribute('formaction')) return
        event.preventDefault()
        fetcher.submit(inlineFormData(event.currentTarget, submitter), {
          method: 'post',
          action: urls.cartLines(),
        })
      }}
    >
      <CsrfField />
      <input type="hidden" name="product" value={product.handle} />
      {variant && <input type="hidden" name="variantId" value={variant.id} />}
      <div aria-live="polite">
        {choice?.kind === 'variant' && <PriceAndStock variant={choice.variant} />}
        {choice?.kind === 'unavailable' && <UnavailableOptions product={product} choice={choice} />}
        {!choice && <p className="buy__price">Not available yet</p>}
      </div>
      {options.map((option, index) => (
        <OptionRadios
          key={option.name}
          option={option}
          field={`option${index + 1}`}
          product={product}
          isOnly={options.length === 1}
        />
      ))}
      {options.length > 1 && (
        <noscript>
          <button
            className="button"
            formAction={`/products/${encodeURIComponent(product.handle)}/select`}
            formNoValidate
          >
            Update
          </button>
        </noscript>
      )}
      <BuyRow variant={variant} hasVariants={choice !== null} isBusy={isBusy} />
      {refusal && (
        <p className="field__error" role="alert">
          {refusal}
        </p>
      )}
    </fetcher.Form>
  )
}

/** Price and stock of the selected variant. */
export function PriceAndStock({ variant }: { variant: ProductVariant }) {
  return (
    <>
      <p className="buy__price">
        <Price min={variant.price} was={variant.compareAtPrice} prior={variant.priorPrice} isDetailed />
      </p>
      {variant.availability.kind !== 'not-for-sale' && (
        <p className={`stock stock--${variant.availability.kind}`}>
          {formatAvailability(variant.availability)}
        </p>
      )}
    </>
  )
}

/**
 * Without JavaScript the form still submits when this variant is sold out: the shopper may select another and add it
 * in one step.
 */
function BuyRow({
  variant,
  hasVariants,
  isBusy,
}: {
  variant: ProductVariant | null
  hasVariants: boolean
  isBusy: boolean
}) {
  const shop = useShop()
  const [isRunning, setRunning] = useState(false)
  useEffect(() => setRunning(true), [])
  const isSoldOut = variant?.availability.kind === 'sold-out'
  if (variant?.availability.kind === 'not-for-sale' || !hasVariants)
    return shop ? (
      <p>
        <a className="button button--large" href={`mailto:${shop.contactEmail}`}>
          Ask us about this product
        </a>
      </p>
    ) : null
  return (
    <div className="buy__row">
      <div className="field">
        <label htmlFor="quantity">Quantity</label>
        <input
          id="quantity"
          type="number"
          name="quantity"
          inputMode="numeric"
          min={1}
          max={999}
          step={1}
          required
          defaultValue={1}
          className="input buy__quantity"
        />
      </div>
      <button
        className="button button--primary button--large buy__button"
        aria-busy={isBusy}
        disabled={isSoldOut && isRunning}
      >
        {isSoldOut ? 'Sold out' : isBusy ? 'Adding…' : 'Add to cart'}
      </button>
    </div>
  )
}

function UnavailableOptions({
  product,
  choice,
}: {
  product: ProductPage
  choice: Extract<VariantSelection<ProductVariant>, { kind: 'unavailable' }>
}) {
  const foundBy = useFoundBy()
  return (
    <div className="notice notice--warn">
      <p>
        <strong dir="auto">{choice.wanted.join(' / ')}</strong> isn’t available. Try:
      </p>
      <ul role="list" className="chips">
        {choice.nearest.map((variant) => (
          <li key={variant.id}>
            <Link
              to={urls.foundProduct(product.handle, foundBy, { variant: String(variant.id) })}
              className="chip"
              preventScrollReset
              replace
            >
              {variant.optionValues.join(' / ')}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  )
}
