import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData, useSearchParams } from '@remix-run/react'
import type { Column } from '#app/components/admin/data-table.tsx'
import { ListPage } from '#app/components/admin/list-page.tsx'
import { oneOf, pageOf, queryOf, withParams } from '#app/components/admin/list-params.ts'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { ProductStatus } from '#app/components/admin/status-badges.tsx'
import { Status } from '#app/components/admin/status.tsx'
import { Thumbnail } from '#app/components/admin/thumbnail.tsx'
import { useMoney } from '#app/components/shop.ts'
import {
  countProducts,
  listProductsForStaff,
  productFilters,
  type ProductFilter,
  type ProductListRow,
  type ProductTab,
  productTabs,
  productSorts,
  productsPerPage,
} from '#app/domain/products/list-products.server.ts'
import { formatCount } from '#app/domain/intl.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'
import { StockCell } from './stock-cell.tsx'

export const handle = { access: 'catalog' } satisfies RouteHandle

export const meta = () => adminMeta('Products')

export async function loader({ request }: LoaderFunctionArgs) {
  const params = new URL(request.url).searchParams
  const settings = await getSettings()
  const lowStock = settings?.lowStockThreshold ?? 0
  const asked = {
    filter: oneOf(productFilters, params.get('show')),
    sort: oneOf(productSorts, params.get('sort')),
    query: queryOf(params),
    page: pageOf(params),
  }
  const [list, counts] = await Promise.all([
    listProductsForStaff({ ...asked, lowStock }),
    countProducts(lowStock),
  ])
  return { ...list, counts, asked, perPage: productsPerPage, now: new Date() }
}

const filterLabels = {
  all: 'All',
  active: 'Active',
  draft: 'Draft',
  archived: 'Archived',
  'low-stock': 'Low stock',
  'no-price': 'No price or free',
  'without-image': 'Without image',
  'no-alt-text': 'Without alt text',
  'negative-stock': 'Stock below zero',
} satisfies Record<ProductFilter, string>

export default function Products() {
  const { products, total, counts, asked, perPage, now } = useLoaderData<typeof loader>()
  const [params] = useSearchParams()
  const columns = useColumns(asked.sort, params, now)
  if (counts.all === 0) return <NoProducts />
  return (
    <ListPage
      title="Products"
      actions={
        <>
          <Link className="button" to={urls.admin.imports()}>
            Import
          </Link>
          {total > 0 && (
            <a className="button" href={urls.admin.productsFile(params.toString())} download>
              Export {total !== counts.all && formatCount(total, 'product')}
            </a>
          )}
          <Link className="button button--primary" to={urls.admin.newProduct()}>
            Add product
          </Link>
        </>
      }
      tabs={{
        name: 'Filter products',
        values: productFilters.filter((filter) => isTab(filter) || filter === asked.filter),
        labels: filterLabels,
        countOf: (filter) => (isTab(filter) ? counts[filter] : total),
        current: asked.filter,
      }}
      search={{
        query: asked.query,
        label: 'Search products by title, vendor, handle, SKU or barcode',
        placeholder: 'Title, vendor, SKU or barcode',
        keep: {
          show: asked.filter === 'all' ? null : asked.filter,
          sort: asked.sort === 'updated' ? null : asked.sort,
        },
      }}
      rows={products}
      columns={columns}
      empty={{
        title: 'No products match',
        children: (
          <>
            <p>Try another word, or view all products.</p>
            <Link className="button" to={urls.admin.products()}>
              Show all products
            </Link>
          </>
        ),
      }}
      pages={{ page: asked.page, perPage, total, noun: ['product', 'products'] }}
    />
  )
}

const isTab = (filter: ProductFilter): filter is ProductTab =>
  (productTabs as readonly ProductFilter[]).includes(filter)

function useColumns(sort: string, params: URLSearchParams, now: Date): Column<ProductListRow>[] {
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

function NoProducts() {
  return (
    <ListPage
      title="Products"
      rows={[]}
      columns={[]}
      empty={{
        icon: 'products',
        title: 'No products yet',
        children: (
          <>
            <p>Import your catalog as a CSV file, or add a product manually.</p>
            <div className="row-of-actions">
              <Link className="button button--primary" to={urls.admin.imports()}>
                Import products
              </Link>
              <Link className="button" to={urls.admin.newProduct()}>
                Add product
              </Link>
            </div>
          </>
        ),
      }}
    />
  )
}
