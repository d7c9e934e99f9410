import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData, useSearchParams } from '@remix-run/react'
import { ListPage } from '#app/components/admin/list-page.tsx'
import { oneOf, pageOf, queryOf } from '#app/components/admin/list-params.ts'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import {
  countProducts,
  countProductsOf,
  listProductsForStaff,
  productFilters,
  type ProductFilter,
  productSorts,
  productsPerPage,
} from '#app/domain/products/list-products.server.ts'
import { formatCount } from '#app/domain/intl.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'
import { useColumns } from './columns.tsx'

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
  const [list, tabCounts] = await Promise.all([
    listProductsForStaff({ ...asked, lowStock }),
    countProducts(lowStock),
  ])
  const counts: Record<'all', number> & Partial<Record<ProductFilter, number>> = tabCounts
  counts[asked.filter] ??= await countProductsOf(asked.filter, lowStock)
  const tabs = productFilters.filter((filter) => filter in counts)
  return { ...list, counts, tabs, asked, perPage: productsPerPage, now: new Date() }
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
  const { products, total, counts, tabs, asked, perPage, now } = useLoaderData<typeof loader>()
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
        values: tabs,
        labels: filterLabels,
        countOf: (filter) => counts[filter] ?? 0,
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
