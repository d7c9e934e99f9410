import { Link } from '@remix-run/react'
import { Price } from '#app/components/price.tsx'
import { formatAvailability } from '#app/domain/stock/availability.ts'
import type { ProductPage } from '#app/domain/storefront/storefront.ts'
import { urls } from '#app/urls.ts'
import { useFoundBy } from './use-found-by.ts'

/** A table of all variants with price and stock, each a link. */
export function VariantTable({ product, chosenId }: { product: ProductPage; chosenId: number | null }) {
  const foundBy = useFoundBy()
  return (
    <details className="versions">
      <summary>All {product.variants.length} variants with price and stock</summary>
      <div className="versions__scroll">
        <table>
          <caption className="visually-hidden">Variants of {product.title}</caption>
          <thead>
            <tr>
              <th scope="col">{product.optionNames.join(' / ') || 'Variant'}</th>
              <th scope="col">Price</th>
              <th scope="col">Stock</th>
            </tr>
          </thead>
          <tbody>
            {product.variants.map((variant) => (
              <tr key={variant.id} data-chosen={variant.id === chosenId || undefined}>
                <th scope="row">
                  <Link
                    to={urls.foundProduct(product.handle, foundBy, { variant: String(variant.id) })}
                    aria-current={variant.id === chosenId || undefined}
                    preventScrollReset
                    replace
                    dir="auto"
                  >
                    {variant.optionValues.join(' / ') || product.title}
                  </Link>
                </th>
                <td>
                  <Price min={variant.price} was={variant.compareAtPrice} prior={variant.priorPrice} />
                </td>
                <td>{variant.price === null ? '–' : formatAvailability(variant.availability)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
