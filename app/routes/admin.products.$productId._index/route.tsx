import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { ErrorSummary, formProps, keptOr, useServerForm } from '#app/components/admin/form.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import {
  ProductFiling,
  type ProductFormValues,
  ProductTexts,
  ProductVisibility,
  SearchPanel,
} from '#app/components/admin/product-fields.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { plainText } from '#app/components/page-meta.ts'
import { listProductWords } from '#app/domain/catalog/list-products.server.ts'
import { getProductForStaff } from '#app/domain/catalog/product-editor.server.ts'
import { productSchema } from '#app/domain/catalog/product.schema.ts'
import { updateProduct } from '#app/domain/catalog/save-product.server.ts'
import { toLocalInput } from '#app/domain/catalog/zoned-time.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { constraintsOf } from '#app/http/constraints.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { idOf } from '#app/http/ids.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { badForm, orNotFound, redirectWithToast } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalogue' } satisfies RouteHandle

export const meta: MetaFunction<typeof loader> = ({ data }) => adminMeta(data?.product.title ?? 'Product')

export async function loader({ params }: LoaderFunctionArgs) {
  const shop = orNotFound(await getSettings())
  const { product } = orNotFound(await getProductForStaff(idOf(params.productId)))
  const words = await listProductWords()
  return { product, words, timeZone: shop.timeZone, constraint: constraintsOf(productSchema(shop)) }
}

const stale =
  'Somebody saved this product since you opened it, so nothing was saved. Your words are still here: copy what you need, then open the page again.'

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await userOf(request)
  const id = idOf(params.productId)
  const submission = await parseForm(request, productSchema(orNotFound(await getSettings())))
  if (submission.status !== 'success') return badForm(submission)
  const result = await updateProduct({ ...submission.value, id, now: new Date(), by: staff.id })
  if (result.ok) return redirectWithToast(urls.admin.product(id), { kind: 'success', text: 'Saved.' })
  if (result.reason === 'gone') throw orNotFound(null)
  if (result.reason === 'changed-meanwhile') return badForm(submission, [stale])
  return badForm(submission, ['Another product has this handle. Choose another one, or leave it empty.'])
}

export default function ProductDetails() {
  const { product } = useLoaderData<typeof loader>()
  return <DetailsForm key={product.version} />
}

function DetailsForm() {
  const { product, words, timeZone, constraint } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const [form, fields] = useServerForm<ProductFormValues>({
    id: 'product',
    result,
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
    <Form {...formProps(form)}>
      <CsrfField />
      <input type="hidden" name="version" value={keptOr(result, 'version', product.version)} />
      <ErrorSummary form={form} />
      <div className="columns">
        <div>
          <ProductTexts fields={fields} />
          <SearchPanel fields={fields} folder="/products/" saved={saved} />
        </div>
        <div>
          <ProductVisibility fields={fields} timeZone={timeZone} />
          <ProductFiling fields={fields} words={words} />
        </div>
      </div>
      <div className="save-bar">
        <button className="button button--primary" type="submit">
          Save
        </button>
        <Link className="button button--quiet" to={urls.admin.productDeletion(product.id)}>
          Delete the product
        </Link>
      </div>
    </Form>
  )
}
