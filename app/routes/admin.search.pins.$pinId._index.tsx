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
import { pickedSchema } from '#app/domain/products/picked.schema.ts'
import { findProductsToPin, getPin, pinProducts } from '#app/domain/search/edit-pins.server.ts'
import { maxPinned } from '#app/domain/search/pins.schema.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  adminMeta(data ? `Pinned results for “${data.pin.query}”` : 'Pinned results')

export async function loader({ request, params }: LoaderFunctionArgs) {
  const pin = orNotFound(await getPin(parseId(params.pinId)))
  const { query, page } = pickerSearch(new URL(request.url).searchParams)
  const found = await findProductsToPin(pin.id, query, page)
  return { pin, search: { ...found, query, page, perPage: foundPerPage }, max: maxPinned }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const pinId = parseId(params.pinId)
  const submission = await parseForm(request, pickedSchema)
  if (submission.status !== 'success') return formResponse(submission)
  const result = await pinProducts({ ...submission.value, pinId, by: staff.id })
  if (!result.ok && result.reason === 'not-found') throw orNotFound(null)
  if (!result.ok)
    return formResponse(submission, {
      problem: `A query can have at most ${maxPinned} pinned products, so none was added.`,
    })
  const { kept } = pickerSearch(new URL(request.url).searchParams)
  return redirectWithToast(
    urls.admin.searchPin(pinId) + kept,
    result.added > 0
      ? { kind: 'success', text: `${formatCount(result.added, 'product')} pinned.` }
      : { kind: 'info', text: 'Select at least one product.' },
  )
}

export default function Pin() {
  const { pin, search, max } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const moveUrl = (productId: number) => urls.admin.pinnedProduct(pin.id, productId)
  return (
    <>
      <Panel
        title={`Pinned results for “${pin.query}”`}
        action={
          <>
            <MoveStatus moves={pin.products.map(({ id }) => moveUrl(id))} />
            <a href={urls.search(pin.query)}>View results in store</a>
          </>
        }
        flush
      >
        {pin.products.length === 0 ? (
          <EmptyState icon="products" title="No products pinned">
            <p>Add products below. They come first when a customer searches for this query.</p>
          </EmptyState>
        ) : (
          <ProductOrderList
            products={pin.products}
            total={pin.products.length}
            moveUrl={moveUrl}
            removeUrl={(productId) => urls.admin.deletePinnedProduct(pin.id, productId)}
          />
        )}
      </Panel>
      <Panel title="Add products">
        <p className="soft small">Hidden products are left out of the results. You can pin up to {max}.</p>
        <div className="apart">
          <ProductPicker action={urls.admin.searchPin(pin.id)} search={search} answer={answer}>
            <button className="button button--primary" type="submit">
              Pin selected
            </button>
          </ProductPicker>
        </div>
      </Panel>
    </>
  )
}
