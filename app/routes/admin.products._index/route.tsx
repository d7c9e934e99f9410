import type { LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useLoaderData, useSearchParams } from '@remix-run/react'
import { Blank } from '#app/components/admin/blank.tsx'
import { type Column, DataTable } from '#app/components/admin/data-table.tsx'
import { oneOf, pageOf, queryOf, withParams } from '#app/components/admin/list-params.ts'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Pages } from '#app/components/admin/pages.tsx'
import { ProductStatus } from '#app/components/admin/states.tsx'
import { Thumb } from '#app/components/admin/thumb.tsx'
import { useMoney } from '#app/components/shop.ts'
import {
  countProducts,
  listProductsForStaff,
  productFilters,
  type ProductFilter,
  type ProductListRow,
  productSorts,
  productsPerPage,
} from '#app/domain/catalog/list-products.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalogue' } satisfies RouteHandle

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
  return { ...list, counts, asked, filters: productFilters, perPage: productsPerPage, now: new Date() }
}

const filterWords = {
  all: 'All',
  active: 'Active',
  draft: 'Draft',
  archived: 'Archived',
  'low-stock': 'Low stock',
} satisfies Record<ProductFilter, string>

export default function Products() {
  const { products, total, counts, asked, filters, perPage, now } = useLoaderData<typeof loader>()
  const [params] = useSearchParams()
  if (counts.all === 0) return <NoProducts />
  return (
    <>
      <PageHead title="Products">
        <Link className="button" to={urls.admin.imports()}>
          Import
        </Link>
        <Link className="button button--primary" to={urls.admin.newProduct()}>
          Add product
        </Link>
      </PageHead>
      <div className="panel">
        <nav className="tabs" aria-label="Which products">
          {filters.map((filter) => (
            <Link
              key={filter}
              to={withParams(params, { show: filter === 'all' ? null : filter })}
              aria-current={filter === asked.filter ? 'page' : undefined}
            >
              {filterWords[filter]} <span className="tabs__count">{counts[filter]}</span>
            </Link>
          ))}
        </nav>
        <Form method="get" role="search" className="filters">
          {asked.filter !== 'all' && <input type="hidden" name="show" value={asked.filter} />}
          {asked.sort !== 'updated' && <input type="hidden" name="sort" value={asked.sort} />}
          <div className="filters__search">
            <input
              className="input"
              type="search"
              name="q"
              key={asked.query}
              defaultValue={asked.query}
              maxLength={200}
              aria-label="Search products by title, vendor, handle, SKU or barcode"
              placeholder="Title, vendor, SKU or barcode"
            />
            <button className="button" type="submit">
              Search
            </button>
          </div>
          {asked.query && <Link to={withParams(params, { q: null })}>Clear the search</Link>}
        </Form>
        {products.length === 0 ? (
          <Blank title="No product matches">
            <p>Try another word, or look at all products.</p>
            <Link className="button" to={urls.admin.products()}>
              Show all products
            </Link>
          </Blank>
        ) : (
          <ProductTable products={products} sort={asked.sort} params={params} now={now} />
        )}
        <Pages
          page={asked.page}
          perPage={perPage}
          total={total}
          noun={['product', 'products']}
          to={(page) => withParams(params, { page })}
        />
      </div>
    </>
  )
}

function ProductTable({
  products,
  sort,
  params,
  now,
}: {
  products: ProductListRow[]
  sort: string
  params: URLSearchParams
  now: Date
}) {
  const money = useMoney()
  const isPriceSort = sort === 'price-ascending' || sort === 'price-descending'
  const columns: Column<ProductListRow>[] = [
    {
      label: 'Product',
      isHead: true,
      sort: { to: withParams(params, { sort: 'title' }), direction: sort === 'title' ? 'ascending' : null },
      cell: (product) => (
        <span className="with-thumb">
          <Thumb image={product.image} words={product.title} />
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
    { label: 'Status', isTight: true, cell: (product) => <ProductStatus product={product} now={now} /> },
    { label: 'Stock', cell: (product) => <StockWords product={product} /> },
    {
      label: 'Price',
      isNumber: true,
      isTight: true,
      sort: {
        to: withParams(params, { sort: sort === 'price-ascending' ? 'price-descending' : 'price-ascending' }),
        direction: !isPriceSort ? null : sort === 'price-ascending' ? 'ascending' : 'descending',
      },
      cell: (product) => priceWords(product, money),
    },
  ]
  return <DataTable caption="Products" columns={columns} rows={products} rowKey={(product) => product.id} />
}

function StockWords({ product }: { product: ProductListRow }) {
  const variants = product.variantCount === 1 ? '' : ` in ${product.variantCount} variants`
  if (product.stock === null) return <span className="soft">Not tracked{variants}</span>
  return (
    <span className="numeric">
      {product.stock.toLocaleString('en')}
      {variants || ' in stock'}
    </span>
  )
}

function priceWords(product: ProductListRow, money: (amount: number) => string): string {
  if (product.priceMin === null || product.priceMax === null) return 'On request'
  if (product.priceMin === product.priceMax) return money(product.priceMin)
  return `${money(product.priceMin)} – ${money(product.priceMax)}`
}

function NoProducts() {
  return (
    <>
      <PageHead title="Products" />
      <div className="panel">
        <Blank icon="products" title="Nothing to sell yet">
          <p>Bring your catalogue along as a CSV file, or write the first product by hand.</p>
          <div className="row-of-actions">
            <Link className="button button--primary" to={urls.admin.imports()}>
              Import products
            </Link>
            <Link className="button" to={urls.admin.newProduct()}>
              Add a product
            </Link>
          </div>
        </Blank>
      </div>
    </>
  )
}
