import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { ErrorSummary } from '#app/components/error-summary.tsx'
import { formFields, submittedOr } from '#app/components/form-fields.ts'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import {
  ProductOrganizationFields,
  type ProductFormValues,
  ProductContentFields,
  ProductVisibility,
  SearchPanel,
} from '#app/components/admin/product-fields.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { plainText } from '#app/components/page-meta.ts'
import { listProductFilterValues } from '#app/domain/products/list-products.server.ts'
import { getProductForStaff } from '#app/domain/products/product-editor.server.ts'
import { productSchema } from '#app/domain/products/product.schema.ts'
import { updateProduct } from '#app/domain/products/save-product.server.ts'
import { toLocalInput } from '#app/domain/products/zoned-time.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { constraintsOf } from '#app/http/forms/constraints.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

export const meta: MetaFunction<typeof loader> = ({ data }) => adminMeta(data?.product.title ?? 'Product')

export async function loader({ params }: LoaderFunctionArgs) {
  const shop = orNotFound(await getSettings())
  const { product } = orNotFound(await getProductForStaff(parseId(params.productId)))
  const suggestions = await listProductFilterValues()
  return { product, suggestions, timeZone: shop.timeZone, constraint: constraintsOf(productSchema(shop)) }
}

const stale =
  'Someone else changed this product, so nothing was saved. Your edits are still here: copy what you need, then reload the page.'

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const id = parseId(params.productId)
  const submission = await parseForm(request, productSchema(orNotFound(await getSettings())))
  if (submission.status !== 'success') return formResponse(submission)
  const result = await updateProduct({ ...submission.value, id, now: new Date(), by: staff.id })
  if (result.ok) return redirectWithToast(urls.admin.product(id), { kind: 'success', text: 'Saved.' })
  if (result.reason === 'not-found') throw orNotFound(null)
  if (result.reason === 'stale') return formResponse(submission, { problem: stale })
  return formResponse(submission, {
    problem: 'Another product has this handle. Choose another one, or leave it empty.',
  })
}

export default function ProductDetails() {
  const { product } = useLoaderData<typeof loader>()
  return <DetailsForm key={product.version} />
}

function DetailsForm() {
  const { product, suggestions, timeZone, constraint } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const form = formFields<ProductFormValues>({
    id: 'product',
    answer: result,
    constraint,
    values: {
      ...product,
      tags: product.tags.join(', '),
      isShown: product.publishedAt ? 'on' : '',
      publishedAt: product.publishedAt ? toLocalInput(product.publishedAt, timeZone) : '',
    },
  })
  const saved = {
    handle: product.handle,
    title: product.seoTitle || product.title,
    text: product.seoDescription || plainText(product.description),
  }
  return (
    <Form method="post">
      <CsrfField />
      <input type="hidden" name="version" value={submittedOr(result, 'version', product.version)} />
      <ErrorSummary form={form} />
      <div className="columns">
        <div>
          <ProductContentFields field={form.field} />
          <SearchPanel field={form.field} folder="/products/" saved={saved} />
        </div>
        <div>
          <ProductVisibility field={form.field} timeZone={timeZone} />
          <ProductOrganizationFields field={form.field} suggestions={suggestions} />
        </div>
      </div>
      <div className="save-bar">
        <button className="button button--primary" type="submit">
          Save
        </button>
        <Link className="button button--quiet" to={urls.admin.deleteProduct(product.id)}>
          Delete product
        </Link>
      </div>
    </Form>
  )
}
