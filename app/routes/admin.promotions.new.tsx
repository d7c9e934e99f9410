import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { revalidateForm } from '#app/components/admin/edit-form.tsx'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { type PromotionAnswer, PromotionForm } from '#app/components/admin/promotion-form.tsx'
import { promotionMessages } from '#app/components/admin/promotion-messages.ts'
import { newPromotionValues } from '#app/components/admin/promotion-values.ts'
import { toLocalInput } from '#app/domain/products/zoned-time.ts'
import { createPromotion } from '#app/domain/promotions/edit-promotion.server.ts'
import { findItems, isSearch, listCollectionChoices } from '#app/domain/promotions/find-items.server.ts'
import { newPromotionSchema, toFacts } from '#app/domain/promotions/promotion.schema.ts'
import { isPromotionKind, promotionKinds } from '#app/domain/promotions/promotions.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { constraintsOf } from '#app/http/forms/constraints.server.ts'
import { formResponse, searchResponse } from '#app/http/forms/form-response.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'promotions' } satisfies RouteHandle

export const meta = () => adminMeta('New promotion')

export async function loader({ request }: LoaderFunctionArgs) {
  const kind = kindOf(request)
  if (!kind) return { kind }
  const shop = orNotFound(await getSettings())
  return {
    kind,
    collections: await listCollectionChoices(),
    currency: shop.currency,
    timeZone: shop.timeZone,
    startsAt: toLocalInput(new Date(), shop.timeZone),
    constraint: constraintsOf(newPromotionSchema(kind, shop)),
  }
}

export const shouldRevalidate = revalidateForm

export async function action({ request }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const shop = orNotFound(await getSettings())
  const kind = kindOf(request)
  const submission = await parseForm(request, newPromotionSchema(kind ?? 'percent', shop))
  if (!kind) throw new Response('Bad request', { status: 400 })
  const items = await findItems(submission.payload)
  if (isSearch(submission.payload)) return searchResponse(submission, items)
  if (submission.status !== 'success') return formResponse(submission, {}, items)
  const result = await createPromotion({ kind, facts: toFacts(kind, submission.value), by: staff.id })
  if (!result.ok) return formResponse(submission, promotionMessages[result.reason], items)
  const { title, method } = submission.value
  return redirectWithToast(
    method === 'generated' ? urls.admin.promotionCodes(result.id) : urls.admin.promotion(result.id),
    { kind: 'success', text: `“${title}” was created.` },
  )
}

function kindOf(request: Request) {
  const kind = new URL(request.url).searchParams.get('kind')
  return isPromotionKind(kind) ? kind : null
}

export default function NewPromotion() {
  const { kind } = useLoaderData<typeof loader>()
  return kind === null ? <Kinds /> : <NewPromotionForm />
}

function Kinds() {
  return (
    <>
      <PageHead
        crumbs={[{ to: urls.admin.promotions(), label: 'Promotions' }]}
        title="New promotion"
        about="Choose what customers get."
      />
      <ul className="kinds" role="list">
        {Object.entries(promotionKinds).map(([value, { label, about }]) => (
          <li key={value} className="kinds__kind">
            <Link to={urls.admin.newPromotion(value)}>{label}</Link>
            <span className="soft small">{about}</span>
          </li>
        ))}
      </ul>
    </>
  )
}

function NewPromotionForm() {
  const page = useLoaderData<typeof loader>()
  const result = useActionData<PromotionAnswer>()
  if (page.kind === null) return null
  const { kind, startsAt, ...formProps } = page
  const { label, about } = promotionKinds[kind]
  return (
    <>
      <PageHead
        crumbs={[
          { to: urls.admin.promotions(), label: 'Promotions' },
          { to: urls.admin.newPromotion(), label: 'New promotion' },
        ]}
        title={label}
        about={about}
      />
      <PromotionForm
        {...formProps}
        kind={kind}
        action={urls.admin.newPromotion(kind)}
        values={newPromotionValues(kind, startsAt)}
        chosen={[]}
        result={result}
      >
        <button className="button button--primary" type="submit">
          Create promotion
        </button>
        <Link className="button button--quiet" to={urls.admin.promotions()}>
          Back
        </Link>
      </PromotionForm>
    </>
  )
}
