import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, Outlet, useLoaderData, useLocation } from '@remix-run/react'
import { ActionForm } from '#app/components/admin/action-form.tsx'
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
  const { product } = orNotFound(await getProductForStaff(parseId(params.productId)))
  const { id, title, handle, status, publishedAt } = product
  return { id, title, handle, status, publishedAt, now: new Date(), maySeeActivity: can(me, 'staff') }
}

/** The header that all pages of a product share. */
export default function Product() {
  const product = useLoaderData<typeof loader>()
  const { pathname } = useLocation()
  const address = urls.admin.product(product.id)
  const isVisible =
    product.status === 'active' && product.publishedAt !== null && product.publishedAt <= product.now
  return (
    <>
      <PageHead
        crumbs={[
          { to: urls.admin.products(), label: 'Products' },
          ...(pathname === address ? [] : [{ to: address, label: product.title }]),
        ]}
        title={product.title}
        mark={<ProductStatus product={product} now={product.now} />}
      >
        {product.maySeeActivity && (
          <Link className="button" to={urls.admin.activityOf('products', product.id)}>
            History
          </Link>
        )}
        <ActionForm to={urls.admin.duplicateProduct(product.id)} look="button">
          Duplicate
        </ActionForm>
        <a
          className="button"
          href={isVisible ? urls.product(product.handle) : urls.productPreview(product.handle)}
        >
          {isVisible ? 'View in store' : 'Preview'}
        </a>
      </PageHead>
      <Outlet />
    </>
  )
}
