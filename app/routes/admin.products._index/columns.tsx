import { Link } from '@remix-run/react'
import type { Column } from '#app/components/admin/data-table.tsx'
import { withParams } from '#app/components/admin/list-params.ts'
import { ProductStatus } from '#app/components/admin/status-badges.tsx'
import { Status } from '#app/components/admin/status.tsx'
import { Thumbnail } from '#app/components/admin/thumbnail.tsx'
import { useMoney } from '#app/components/shop.ts'
import type { ProductListRow } from '#app/domain/products/list-products.server.ts'
import { urls } from '#app/urls.ts'
import { StockCell } from './stock-cell.tsx'

/** The columns of the product list; titles sort it. */
export function useColumns(sort: string, params: URLSearchParams, now: Date): Column<ProductListRow>[] {
  const isPriceSort = sort === 'price-ascending' || sort === 'price-descending'
  return [
    {
      label: 'Product',
      isHead: true,
      sort: { to: withParams(params, { sort: 'title' }), direction: sort === 'title' ? 'ascending' : null },
      cell: (product) => (
        <span className="with-thumb">
          <Thumbnail image={product.image} />
          <span>
            <Link className="list__link" to={urls.admin.product(product.id)} dir="auto">
              {product.title}
            </Link>
            <span className="sub" dir="auto">
              {[product.vendor, product.type].filter(Boolean).join(' · ')}
            </span>
          </span>
        </span>
      ),
    },
    { label: 'Status', isNarrow: true, cell: (product) => <ProductStatus product={product} now={now} /> },
    { label: 'Stock', cell: (product) => <StockCell product={product} list={params.toString()} /> },
    {
      label: 'Price',
      isNumber: true,
      isNarrow: true,
      sort: {
        to: withParams(params, { sort: sort === 'price-ascending' ? 'price-descending' : 'price-ascending' }),
        direction: !isPriceSort ? null : sort === 'price-ascending' ? 'ascending' : 'descending',
      },
      cell: (product) => <PriceCell product={product} />,
    },
  ]
}

/** A price that shoppers do not pay is often a mistake, so it stands out. */
function PriceCell({ product: { priceMin: min, priceMax: max } }: { product: ProductListRow }) {
  const money = useMoney()
  if (min === null || max === null) return <Status tone="warn">No price</Status>
  if (max === 0) return <Status tone="warn">Free</Status>
  return min === max ? money(min) : `${money(min)} – ${money(max)}`
}
