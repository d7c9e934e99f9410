import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { variantTitle } from '#app/domain/catalog/options.ts'
import { getVariantForStaff } from '#app/domain/catalog/product-editor.server.ts'
import { emptySchema } from '#app/domain/catalog/product.schema.ts'
import { deleteVariant } from '#app/domain/catalog/variant-editor.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { idOf } from '#app/http/ids.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { orNotFound, redirectWithToast } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalogue' } satisfies RouteHandle

export const meta = () => adminMeta('Delete the variant')

export async function loader({ params }: LoaderFunctionArgs) {
  return { variant: orNotFound(await getVariantForStaff(idOf(params.productId), idOf(params.variantId))) }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await userOf(request)
  const productId = idOf(params.productId)
  await parseForm(request, emptySchema)
  const result = await deleteVariant({ productId, variantId: idOf(params.variantId), by: staff.id })
  if (result.ok || result.reason === 'gone')
    return redirectWithToast(urls.admin.productVariants(productId), {
      kind: 'success',
      text: 'The variant is deleted.',
    })
  return data(
    { refusal: 'This is the last variant of the product, so it stays. Archive the product instead.' },
    400,
  )
}

export default function VariantDeletion() {
  const { variant } = useLoaderData<typeof loader>()
  const refusal = useActionData<typeof action>()?.refusal
  const name = variantTitle(variant.optionValues) || 'the variant'
  return (
    <Panel title={`Delete ${name}?`}>
      {refusal && <p className="notice notice--error error-summary">{refusal}</p>}
      <p>
        It leaves the shop and the carts it is in, with its stock of {variant.stock} and its history. Orders
        keep what was bought. This cannot be taken back.
      </p>
      <Form method="post" className="row-of-actions apart">
        <CsrfField />
        <button className="button button--danger" type="submit">
          Delete the variant
        </button>
        <Link className="button button--quiet" to={urls.admin.productVariant(variant.productId, variant.id)}>
          Keep it
        </Link>
      </Form>
    </Panel>
  )
}
