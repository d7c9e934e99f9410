import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { EmptyState } from '#app/components/admin/empty-state.tsx'
import { pickerSearch } from '#app/components/admin/list-params.ts'
import { MoveStatus } from '#app/components/admin/move-status.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { ProductOrderList } from '#app/components/admin/product-order-list.tsx'
import { ProductPicker } from '#app/components/admin/product-picker.tsx'
import { formatCount } from '#app/domain/intl.ts'
import { foundPerPage } from '#app/domain/products/find-products.server.ts'
import { getProductForStaff } from '#app/domain/products/product-editor.server.ts'
import { pickedSchema } from '#app/domain/products/picked.schema.ts'
import {
  findProductsToPick,
  listPickedProducts,
  pickProducts,
} from '#app/domain/recommendations/picked-products.server.ts'
import { maxPicked, relatedShown } from '#app/domain/recommendations/related-products.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  adminMeta(`Related products of ${data?.title ?? 'a product'}`)

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { product } = orNotFound(await getProductForStaff(parseId(params.productId)))
  const { query, page } = pickerSearch(new URL(request.url).searchParams)
  const [picked, found] = await Promise.all([
    listPickedProducts(product.id),
    findProductsToPick(product.id, query, page),
  ])
  const search = { ...found, query, page, perPage: foundPerPage }
  return { id: product.id, title: product.title, picked, search, max: maxPicked, shown: relatedShown }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const productId = parseId(params.productId)
  const submission = await parseForm(request, pickedSchema)
  if (submission.status !== 'success') return formResponse(submission)
  const result = await pickProducts({ productId, relatedIds: submission.value.productIds, by: staff.id })
  if (!result.ok && result.reason === 'not-found') throw orNotFound(null)
  if (!result.ok)
    return formResponse(submission, {
      problem: `A product can have at most ${maxPicked} related products, so none was added.`,
    })
  const { kept } = pickerSearch(new URL(request.url).searchParams)
  return redirectWithToast(
    urls.admin.relatedProducts(productId) + kept,
    result.added > 0
      ? { kind: 'success', text: `${formatCount(result.added, 'product')} added.` }
      : { kind: 'info', text: 'Select at least one product.' },
  )
}

export default function RelatedProducts() {
  const { id, picked, search, max, shown } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const moveUrl = (relatedId: number) => urls.admin.relatedProduct(id, relatedId)
  return (
    <>
      <Panel
        title="Related products"
        action={<MoveStatus moves={picked.map((product) => moveUrl(product.id))} />}
        flush
      >
        {picked.length === 0 ? (
          <EmptyState icon="products" title="No products chosen">
            <p>
              “You may also like” on the product’s page shows products that were bought together or are alike.
              Add products below to show them first.
            </p>
          </EmptyState>
        ) : (
          <ProductOrderList
            products={picked}
            total={picked.length}
            moveUrl={moveUrl}
            removeUrl={(relatedId) => urls.admin.deleteRelatedProduct(id, relatedId)}
          />
        )}
      </Panel>
      <Panel title="Add products">
        <p className="soft small">
          The product’s page shows {shown} products: these first, in this order, then others that were bought
          together or are alike. You can choose up to {max}.
        </p>
        <div className="apart">
          <ProductPicker action={urls.admin.relatedProducts(id)} search={search} answer={answer}>
            <button className="button button--primary" type="submit">
              Add selected
            </button>
          </ProductPicker>
        </div>
      </Panel>
    </>
  )
}
