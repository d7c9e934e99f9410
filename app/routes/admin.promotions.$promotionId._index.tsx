import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, type ShouldRevalidateFunction, useActionData, useLoaderData } from '@remix-run/react'
import { revalidateForm } from '#app/components/admin/edit-form.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { type PromotionAnswer, PromotionForm } from '#app/components/admin/promotion-form.tsx'
import { promotionMessages } from '#app/components/admin/promotion-messages.ts'
import { PromotionUsage } from '#app/components/admin/promotion-usage.tsx'
import { promotionValues } from '#app/components/admin/promotion-values.ts'
import { can } from '#app/domain/access/access.ts'
import { getPromotionForStaff, updatePromotion } from '#app/domain/promotions/edit-promotion.server.ts'
import {
  findItems,
  isSearch,
  listByIds,
  listCollectionChoices,
} from '#app/domain/promotions/find-items.server.ts'
import { promotionSchema, toFacts } from '#app/domain/promotions/promotion.schema.ts'
import { getPromotionUsage } from '#app/domain/promotions/promotion-usage.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { constraintsOf } from '#app/http/forms/constraints.server.ts'
import { formResponse, searchResponse } from '#app/http/forms/form-response.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'promotions' } satisfies RouteHandle

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  adminMeta(data?.stored.promotion.title ?? 'Promotion')

export async function loader({ request, params }: LoaderFunctionArgs) {
  const staff = await requireUser(request)
  const shop = orNotFound(await getSettings())
  const stored = orNotFound(await getPromotionForStaff(parseId(params.promotionId)))
  const { promotion, items, gets } = stored
  const [collections, chosen, usage] = await Promise.all([
    listCollectionChoices(),
    listByIds([...items.productIds, ...gets.productIds]),
    getPromotionUsage(promotion.id),
  ])
  return {
    stored,
    collections,
    chosen,
    usage: { ...usage, limit: promotion.usageLimit },
    maySeeOrders: can(staff, 'orders'),
    values: promotionValues(stored, shop),
    currency: shop.currency,
    timeZone: shop.timeZone,
    constraint: constraintsOf(promotionSchema(promotion.kind, shop)),
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const id = parseId(params.promotionId)
  const shop = orNotFound(await getSettings())
  const { kind } = orNotFound(await getPromotionForStaff(id)).promotion
  const submission = await parseForm(request, promotionSchema(kind, shop))
  const items = await findItems(submission.payload)
  if (isSearch(submission.payload)) return searchResponse(submission, items)
  if (submission.status !== 'success') return formResponse(submission, {}, items)
  const { version } = submission.value
  const result = await updatePromotion({ id, version, facts: toFacts(kind, submission.value), by: staff.id })
  if (result.ok) return redirectWithToast(urls.admin.promotion(id), { kind: 'success', text: 'Saved.' })
  if (result.reason === 'not-found') throw orNotFound(null)
  return formResponse(submission, promotionMessages[result.reason], items)
}

/** "End now" changes the end that the form shows. */
export const shouldRevalidate: ShouldRevalidateFunction = (of) =>
  revalidateForm(of) || (of.formAction?.endsWith('/end') ?? false)

export default function PromotionDetails() {
  const { stored, usage, maySeeOrders, ...formProps } = useLoaderData<typeof loader>()
  const result = useActionData<PromotionAnswer>()
  const { id, kind, version } = stored.promotion
  return (
    <>
      <PromotionForm
        key={version}
        {...formProps}
        kind={kind}
        action={`${urls.admin.promotion(id)}?index`}
        version={version}
        result={result}
      >
        <button className="button button--primary" type="submit">
          Save
        </button>
        <Link className="button button--quiet save-bar__delete" to={urls.admin.deletePromotion(id)}>
          Delete promotion
        </Link>
      </PromotionForm>
      <PromotionUsage {...usage} maySeeOrders={maySeeOrders} />
    </>
  )
}
