import {
  type ActionFunctionArgs,
  type AppLoadContext,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { isRouteErrorResponse, useActionData, useLoaderData, useRouteError } from '@remix-run/react'
import { CheckoutBody } from '#app/components/checkout/checkout-body.tsx'
import { ErrorPage } from '#app/components/error-page.tsx'
import { revalidateOn } from '#app/components/live/revalidate-on.ts'
import { pageMeta } from '#app/components/page-meta.ts'
import { type CheckoutInput, checkoutSchema } from '#app/domain/checkout/checkout.schema.ts'
import type { PlaceOrderRefusal } from '#app/domain/checkout/checkout.ts'
import { placeDraft } from '#app/domain/drafts/place-draft.server.ts'
import { ownerOf } from '#app/domain/drafts/drafts.server.ts'
import { getSettings, readSettings, type Settings } from '#app/domain/settings/settings.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import { limitOrders } from '#app/http/forms/limit-orders.server.ts'
import { parseAddressForm, updatedForm } from '#app/http/forms/parse-address-form.server.ts'
import { paymentPageOf } from '#app/http/forms/payment-page.server.ts'
import { readTyped } from '#app/http/forms/quote-checkout.server.ts'
import { noStore, orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { log } from '#app/http/server/log.ts'
import { urls } from '#app/urls.ts'
import { DeletedDraft } from './deleted-draft.tsx'
import { quoteOf, requireDraft, toPage } from './draft-page.server.ts'
import { Greeting } from './greeting.tsx'

export const handle = { access: 'everyone', limits: { action: 'checkout' } } satisfies RouteHandle

export const meta: MetaFunction<typeof loader> = ({ matches }) =>
  pageMeta(matches, { title: 'Your order', isPrivate: true })

export const headers = () => noStore

/**
 * An order that staff prepared, for anyone with its URL: a random token that only the customer and the store know. Once
 * it is placed, the URL leads to the order.
 */
export async function loader({ params }: LoaderFunctionArgs) {
  const settings = orNotFound(await getSettings())
  const draft = await requireDraft(params.token!)
  if (draft.orderToken) throw redirect(urls.order(draft.orderToken), 303)
  return data(await toPage(draft, settings), { headers: noStore })
}

/** Places the order. A refusal is shown on the same page, with what was typed and the totals for it. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const settings = orNotFound(await readSettings())
  const parsed = await parseAddressForm(request, checkoutSchema)
  const draft = await requireDraft(params.token!)
  const { submission, addressForm } = parsed
  const answerWith = async (refusal: Exclude<PlaceOrderRefusal, 'already-placed'> | null) => ({
    addressForm,
    refusal,
    checkout: await quoteOf(draft, settings, readTyped(submission.payload)),
  })
  if (draft.orderToken && (parsed.isUpdate || submission.status !== 'success'))
    return alreadyPlaced(draft.orderToken)
  if (parsed.isUpdate) return updatedForm(parsed, await answerWith(null))
  if (submission.status !== 'success') return formResponse(submission, {}, await answerWith(null))
  const { value: form } = submission
  const result = await placeCounted(draft, { form, settings }, context)
  if (result.ok) {
    const page = form.payment === 'stripe' && (await paymentPageOf(result.orderId))
    return redirect(page || urls.order(result.token), { status: 303, headers: noStore })
  }
  if (result.reason === 'already-placed') return alreadyPlaced(result.token)
  // Deleted since it was read.
  if (result.reason === 'not-found' || result.reason === 'deleted') return redirect(request.url, 303)
  return formResponse(submission, {}, await answerWith(result.reason))
}

function alreadyPlaced(token: string) {
  return redirectWithToast(urls.order(token), { kind: 'info', text: 'This order was already placed.' })
}

async function placeCounted(
  draft: Awaited<ReturnType<typeof requireDraft>>,
  placing: { form: CheckoutInput; settings: Settings },
  { ip, requestId }: AppLoadContext,
) {
  const counted = await limitOrders({ ip, email: placing.form.email, shopper: ownerOf(draft) })
  const result = await placeDraft({
    ...placing,
    draft: { token: draft.token },
    now: new Date(),
    staff: null,
  })
  if (result.ok && result.isNew) log.info({ requestId, orderId: result.orderId }, 'order placed')
  else await counted.refund()
  return result
}

export const shouldRevalidate = revalidateOn([], true)

export default function DraftPage() {
  const page = useLoaderData<typeof loader>()
  return (
    <CheckoutBody
      title="Review your order"
      lead={<Greeting message={page.message} />}
      page={page}
      answer={useActionData<typeof action>()}
    />
  )
}

export function ErrorBoundary() {
  const error = useRouteError()
  return isRouteErrorResponse(error) && error.status === 410 ? <DeletedDraft /> : <ErrorPage />
}
