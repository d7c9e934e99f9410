import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, NavLink, Outlet, useLoaderData } from '@remix-run/react'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { ProductStatus } from '#app/components/admin/states.tsx'
import { mayUse } from '#app/domain/accounts/access.ts'
import { getProductForStaff } from '#app/domain/catalog/product-editor.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { idOf } from '#app/http/ids.ts'
import { orNotFound } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalogue' } satisfies RouteHandle

export async function loader({ request, params }: LoaderFunctionArgs) {
  const me = await userOf(request)
  const { product, ...facts } = orNotFound(await getProductForStaff(idOf(params.productId)))
  const { id, title, handle, status, publishedAt } = product
  return {
    id,
    title,
    handle,
    status,
    publishedAt,
    hasOptions: product.optionNames.length > 0,
    ...facts,
    now: new Date(),
    maySeeActivity: mayUse(me, 'staff'),
  }
}

/** The head that all pages of a product share. */
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
            See it in the shop
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
          Pictures <span className="tabs__count">{product.imageCount}</span>
        </NavLink>
        <NavLink to={urls.admin.productOptions(product.id)}>Options</NavLink>
      </nav>
      <Outlet />
    </>
  )
}
