import { formatNumber } from '#app/domain/intl.ts'
import { Thumbnail } from './thumbnail.tsx'

export type ProductChoice = {
  id: number
  title: string
  vendor: string
  image: { hash: string; width: number } | null
}

type Props = { legend: string; products: ProductChoice[]; isPicked?: (id: number) => boolean }

/** A checkbox per product. */
export function ProductChoices({ legend, products, isPicked = () => false }: Props) {
  return (
    <fieldset className="picker">
      <legend className="label">{legend}</legend>
      {products.map((product) => (
        <label className="check picker__row" key={`${product.id} ${isPicked(product.id)}`}>
          <input type="checkbox" name="productIds" value={product.id} defaultChecked={isPicked(product.id)} />
          <Thumbnail image={product.image} />
          <span dir="auto">
            {product.title} <span className="soft small">{product.vendor}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

type FoundPage = { page: number; perPage: number; shown: number; total: number }

/** "20 found", or "21–40 of 130" for a page of several. */
export function foundText(of: FoundPage): string {
  const { page, perPage, shown, total } = of
  if (total === shown) return `${formatNumber(total)} found`
  const first = (page - 1) * perPage + 1
  return `${formatNumber(first)}–${formatNumber(first + shown - 1)} of ${formatNumber(total)}`
}
