import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { variantTitle } from '#app/domain/products/options.ts'
import { getVariantForStaff } from '#app/domain/products/product-editor.server.ts'
import { emptySchema } from '#app/domain/products/product.schema.ts'
import { deleteVariant } from '#app/domain/products/variant-editor.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

export const meta = () => adminMeta('Delete variant')

export async function loader({ params }: LoaderFunctionArgs) {
  return {
    variant: orNotFound(await getVariantForStaff(parseId(params.productId), parseId(params.variantId))),
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const productId = parseId(params.productId)
  const submission = await parseForm(request, emptySchema)
  const result = await deleteVariant({ productId, variantId: parseId(params.variantId), by: staff.id })
  if (result.ok || result.reason === 'not-found')
    return redirectWithToast(urls.admin.product(productId), {
      kind: 'success',
      text: 'Variant deleted.',
    })
  return formResponse(submission, {
    problem: 'A product needs at least one variant. Archive the product instead.',
  })
}

export default function DeleteVariant() {
  const { variant } = useLoaderData<typeof loader>()
  const refusal = useActionData<typeof action>()?.problem
  const name = variantTitle(variant.optionValues) || 'the variant'
  return (
    <Panel title={`Delete ${name}?`}>
      {refusal && <p className="notice notice--error error-summary">{refusal}</p>}
      <p>
        This removes it from the store and from carts, with its stock of {variant.stock} and its history.
        Existing orders are not affected. This can’t be undone.
      </p>
      <Form method="post" className="row-of-actions apart">
        <CsrfField />
        <button className="button button--danger" type="submit">
          Delete variant
        </button>
        <Link className="button button--quiet" to={urls.admin.productVariant(variant.productId, variant.id)}>
          Cancel
        </Link>
      </Form>
    </Panel>
  )
}
