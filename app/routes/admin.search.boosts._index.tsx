import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { EmptyState } from '#app/components/admin/empty-state.tsx'
import { pickerSearch } from '#app/components/admin/list-params.ts'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { ProductName, RemoveButton } from '#app/components/admin/product-order-list.tsx'
import { ProductPicker } from '#app/components/admin/product-picker.tsx'
import { Thumbnail } from '#app/components/admin/thumbnail.tsx'
import { formatCount } from '#app/domain/intl.ts'
import { foundPerPage } from '#app/domain/products/find-products.server.ts'
import { boostSchema } from '#app/domain/search/boosts.schema.ts'
import { maxBoosts, rankingLabels } from '#app/domain/search/boosts.ts'
import { boostProducts, findProductsToBoost, listBoosts } from '#app/domain/search/edit-boosts.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { redirectWithToast } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

export const meta = () => adminMeta('Product boosts')

export async function loader({ request }: LoaderFunctionArgs) {
  const { query, page } = pickerSearch(new URL(request.url).searchParams)
  const [boosts, found] = await Promise.all([listBoosts(), findProductsToBoost(query, page)])
  return { boosts, search: { ...found, query, page, perPage: foundPerPage } }
}

export async function action({ request }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const submission = await parseForm(request, boostSchema)
  if (submission.status !== 'success') return formResponse(submission)
  const { ranking } = submission.value
  const result = await boostProducts({ ...submission.value, by: staff.id })
  if (!result.ok)
    return formResponse(submission, {
      problem: `At most ${maxBoosts} products can have a boost, so nothing was changed.`,
    })
  const { kept } = pickerSearch(new URL(request.url).searchParams)
  return redirectWithToast(
    urls.admin.searchBoosts() + kept,
    result.changed > 0
      ? {
          kind: 'success',
          text: `${formatCount(result.changed, 'product is', 'products are')} shown ${ranking}.`,
        }
      : { kind: 'info', text: 'Select at least one product.' },
  )
}

export default function Boosts() {
  const { boosts, search } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <>
      <Panel title="Boosted products" flush>
        {boosts.length === 0 ? (
          <EmptyState icon="search" title="No boosts yet">
            <p>
              Show a product higher or lower than others that match a search equally well, for example a new
              product higher and an accessory lower. All other products rank normally.
            </p>
          </EmptyState>
        ) : (
          <ul className="lines lines--order" role="list">
            {boosts.map((product) => (
              <li key={product.id}>
                <span className="with-thumb">
                  <Thumbnail image={product.image} />
                  <ProductName product={product} />
                </span>
                <span>{rankingLabels[product.ranking]}</span>
                <RemoveButton to={urls.admin.deleteSearchBoost(product.id)} title={product.title} />
              </li>
            ))}
          </ul>
        )}
      </Panel>
      <Panel title="Add products">
        <ProductPicker action={urls.admin.searchBoosts()} search={search} answer={answer}>
          <button className="button button--primary" name="ranking" value="higher">
            Show higher
          </button>
          <button className="button" name="ranking" value="lower">
            Show lower
          </button>
        </ProductPicker>
      </Panel>
    </>
  )
}
