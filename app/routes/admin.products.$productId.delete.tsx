import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { countProductOrders, deleteProduct } from '#app/domain/products/delete-product.server.ts'
import { formatCount } from '#app/domain/intl.ts'
import { getProductForStaff } from '#app/domain/products/product-editor.server.ts'
import { emptySchema } from '#app/domain/products/product.schema.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

export const meta = () => adminMeta('Delete product')

export async function loader({ params }: LoaderFunctionArgs) {
  const { product, variantCount, imageCount } = orNotFound(
    await getProductForStaff(parseId(params.productId)),
  )
  const orderCount = await countProductOrders(product.id)
  return { id: product.id, title: product.title, variantCount, imageCount, orderCount }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const submission = await parseForm(request, emptySchema)
  const result = await deleteProduct(parseId(params.productId), staff.id)
  if (result.ok)
    return redirectWithToast(urls.admin.products(), {
      kind: 'success',
      text: `“${result.title}” was deleted.`,
    })
  if (result.reason === 'not-found') throw orNotFound(null)
  return formResponse(submission, { problem: 'This product was just ordered, so it can’t be deleted.' })
}

export default function DeleteProduct() {
  const { id, title, variantCount, imageCount, orderCount } = useLoaderData<typeof loader>()
  const refusal = useActionData<typeof action>()?.problem
  if (orderCount > 0)
    return (
      <Panel title="This product can’t be deleted">
        {refusal && <p className="notice notice--error error-summary">{refusal}</p>}
        <p>
          It is part of {formatCount(orderCount, 'order')}. Archive it instead: it is removed from the store
          and keeps its history.
        </p>
        <p className="apart">
          <Link className="button" to={urls.admin.product(id)}>
            Back to product
          </Link>
        </p>
      </Panel>
    )
  return (
    <Panel title={`Delete “${title}”?`}>
      <p>
        This deletes the product with{' '}
        {variantCount === 1 ? 'its variant' : `its ${formatCount(variantCount, 'variant')}`}
        {imageCount > 0 &&
          (imageCount === 1 ? ', its image' : `, its ${formatCount(imageCount, 'image')}`)}{' '}
        and its stock history. This can’t be undone.
      </p>
      <Form method="post" className="row-of-actions apart">
        <CsrfField />
        <button className="button button--danger" type="submit">
          Delete product
        </button>
        <Link className="button button--quiet" to={urls.admin.product(id)}>
          Cancel
        </Link>
      </Form>
    </Panel>
  )
}
