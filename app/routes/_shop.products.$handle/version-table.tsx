import { Link } from '@remix-run/react'
import { Price } from '#app/components/price.tsx'
import { availabilityText } from '#app/domain/catalog/availability.ts'
import type { ProductPage } from '#app/domain/catalog/catalog.ts'
import { urls } from '#app/urls.ts'

/** Every version with its price and stock at one look, each a link: nobody has to try combinations out. */
export function VersionTable({ product, chosenId }: { product: ProductPage; chosenId: number | null }) {
  return (
    <details className="versions">
      <summary>All {product.variants.length} versions with price and stock</summary>
      <div className="versions__scroll">
        <table>
          <caption className="visually-hidden">Versions of {product.title}</caption>
          <thead>
            <tr>
              <th scope="col">{product.optionNames.join(' / ') || 'Version'}</th>
              <th scope="col">Price</th>
              <th scope="col">Stock</th>
            </tr>
          </thead>
          <tbody>
            {product.variants.map((variant) => (
              <tr key={variant.id} data-chosen={variant.id === chosenId || undefined}>
                <th scope="row">
                  <Link
                    to={urls.product(product.handle, variant.id)}
                    aria-current={variant.id === chosenId || undefined}
                    preventScrollReset
                    replace
                    dir="auto"
                  >
                    {variant.optionValues.join(' / ') || product.title}
                  </Link>
                </th>
                <td>
                  <Price min={variant.price} was={variant.compareAtPrice} />
                </td>
                <td>{variant.price === null ? '–' : availabilityText(variant.availability)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
