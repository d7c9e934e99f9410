import { Form, useSubmit } from '@remix-run/react'
import type { ProductPage, ProductVariant } from '#app/domain/storefront/storefront.ts'
import type { OptionChoice, VariantSelection } from '#app/domain/storefront/variant-selection.ts'
import { previewParameter, urls } from '#app/urls.ts'
import { OptionRadios } from './option-radios.tsx'
import { PriceAndStock } from './product-form.tsx'

/** The options of a draft with the price of the selection. Nothing can be added to the cart. */
export function PreviewForm({
  product,
  choice,
  options,
}: {
  product: ProductPage
  choice: VariantSelection<ProductVariant> | null
  options: OptionChoice[]
}) {
  const submit = useSubmit()
  return (
    <Form
      method="get"
      action={urls.product(product.handle)}
      className="buy"
      onChange={(event) => submit(event.currentTarget, { replace: true, preventScrollReset: true })}
    >
      <input type="hidden" name={previewParameter} value="on" />
      {choice?.kind === 'variant' && <PriceAndStock variant={choice.variant} />}
      {choice?.kind === 'unavailable' && (
        <p className="notice notice--warn">
          <span dir="auto">{choice.wanted.join(' / ')}</span> isn’t available.
        </p>
      )}
      {options.map((option, index) => (
        <OptionRadios
          key={option.name}
          option={option}
          field={`option${index + 1}`}
          product={product}
          isOnly={options.length === 1}
        />
      ))}
      {options.length > 0 && (
        <noscript>
          <button className="button">Update</button>
        </noscript>
      )}
      <p className="soft">Customers can add it to the cart once it is published.</p>
    </Form>
  )
}
