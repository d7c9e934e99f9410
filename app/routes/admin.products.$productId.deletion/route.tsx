import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { countOrdersOf, deleteProduct } from '#app/domain/catalog/delete-product.server.ts'
import { getProductForStaff } from '#app/domain/catalog/product-editor.server.ts'
import { emptySchema } from '#app/domain/catalog/product.schema.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { idOf } from '#app/http/ids.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { orNotFound, redirectWithToast } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalogue' } satisfies RouteHandle

export const meta = () => adminMeta('Delete the product')

export async function loader({ params }: LoaderFunctionArgs) {
  const { product, variantCount, imageCount } = orNotFound(await getProductForStaff(idOf(params.productId)))
  const orderCount = await countOrdersOf(product.id)
  return { id: product.id, title: product.title, variantCount, imageCount, orderCount }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await userOf(request)
  await parseForm(request, emptySchema)
  const result = await deleteProduct(idOf(params.productId), staff.id)
  if (result.ok)
    return redirectWithToast(urls.admin.products(), {
      kind: 'success',
      text: `“${result.title}” is deleted.`,
    })
  if (result.reason === 'gone') throw orNotFound(null)
  return data({ refusal: 'Somebody ordered it meanwhile, so it stays.' }, 400)
}

export default function ProductDeletion() {
  const { id, title, variantCount, imageCount, orderCount } = useLoaderData<typeof loader>()
  const refusal = useActionData<typeof action>()?.refusal
  if (orderCount > 0)
    return (
      <Panel title="This product stays">
        {refusal && <p className="notice notice--error error-summary">{refusal}</p>}
        <p>
          {orderCount === 1 ? 'One order holds it' : `${orderCount} orders hold it`}, and their pages link to
          it. Set its status to “archived” instead: it leaves the shop and keeps its history.
        </p>
        <p className="apart">
          <Link className="button" to={urls.admin.product(id)}>
            Back to the product
          </Link>
        </p>
      </Panel>
    )
  return (
    <Panel title={`Delete “${title}”?`}>
      <p>
        It was never ordered. It goes with{' '}
        {variantCount === 1 ? 'its variant' : `its ${variantCount} variants`}
        {imageCount > 0 && (imageCount === 1 ? ', its picture' : `, its ${imageCount} pictures`)} and its
        stock history. This cannot be taken back.
      </p>
      <Form method="post" className="row-of-actions apart">
        <CsrfField />
        <button className="button button--danger" type="submit">
          Delete the product
        </button>
        <Link className="button button--quiet" to={urls.admin.product(id)}>
          Keep it
        </Link>
      </Form>
    </Panel>
  )
}
