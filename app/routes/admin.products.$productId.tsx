import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, NavLink, Outlet, useLoaderData } from '@remix-run/react'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { ProductStatus } from '#app/components/admin/status-badges.tsx'
import { can } from '#app/domain/access/access.ts'
import { getProductForStaff } from '#app/domain/products/product-editor.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

export async function loader({ request, params }: LoaderFunctionArgs) {
  const me = await requireUser(request)
  const { product, ...rest } = orNotFound(await getProductForStaff(parseId(params.productId)))
  const { id, title, handle, status, publishedAt } = product
  return {
    id,
    title,
    handle,
    status,
    publishedAt,
    hasOptions: product.optionNames.length > 0,
    ...rest,
    now: new Date(),
    maySeeActivity: can(me, 'staff'),
  }
}

/** The header that all pages of a product share. */
export default function Product() {
  const product = useLoaderData<typeof loader>()
  const isVisible =
    product.status === 'active' && product.publishedAt !== null && product.publishedAt <= product.now
  const plain = product.variantCount === 1 && !product.hasOptions
  const priceAndStock = plain
    ? urls.admin.productVariant(product.id, product.firstVariantId)
    : urls.admin.productVariants(product.id)
  return (
    <>
      <PageHead
        crumbs={[{ to: urls.admin.products(), label: 'Products' }]}
        title={product.title}
        mark={<ProductStatus product={product} now={product.now} />}
      >
        {product.maySeeActivity && (
          <Link className="button" to={urls.admin.activityOf('products', product.id)}>
            History
          </Link>
        )}
        {isVisible && (
          <a className="button" href={urls.product(product.handle)}>
            View in store
          </a>
        )}
      </PageHead>
      <nav className="tabs" aria-label="Product">
        <NavLink to={urls.admin.product(product.id)} end>
          Details
        </NavLink>
        <NavLink to={priceAndStock}>
          {plain ? 'Price and stock' : 'Variants'}
          {!plain && <span className="tabs__count">{product.variantCount}</span>}
        </NavLink>
        <NavLink to={urls.admin.productImages(product.id)}>
          Images <span className="tabs__count">{product.imageCount}</span>
        </NavLink>
        <NavLink to={urls.admin.productOptions(product.id)}>Options</NavLink>
      </nav>
      <Outlet />
    </>
  )
}
