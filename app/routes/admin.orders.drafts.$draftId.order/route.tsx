import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import type { PlaceOrderRefusal } from '#app/domain/checkout/checkout.ts'
import { placeDraftSchema } from '#app/domain/drafts/draft.schema.ts'
import { detailsOf } from '#app/domain/drafts/drafts.server.ts'
import { placeDraft } from '#app/domain/drafts/place-draft.server.ts'
import { readDraft } from '#app/domain/drafts/read-draft.server.ts'
import { toCheckoutForm } from '#app/domain/drafts/to-checkout-form.ts'
import { draftName } from '#app/domain/orders/draft-states.ts'
import { getSettings, readSettings } from '#app/domain/settings/settings.server.ts'
import { addressLines } from '#app/domain/shipping/address-lines.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { urls } from '#app/urls.ts'
import { PlaceForm } from './place-form.tsx'

export const handle = { access: 'orders' } satisfies RouteHandle

export const meta = () => adminMeta('Create order')

/** A draft that was placed is the order now. */
export async function loader({ params }: LoaderFunctionArgs) {
  const settings = orNotFound(await getSettings())
  const { draft, cart, quote } = orNotFound(await readDraft(parseId(params.draftId), settings))
  if (draft.orderId !== null) throw redirect(urls.admin.order(draft.orderId), 303)
  const details = detailsOf(draft)
  const chosen = { checkoutKey: cart?.checkoutKey ?? '', shownTotal: quote?.totals.total ?? 0 }
  const { error } = toCheckoutForm(details, {
    ...{ ...chosen, shippingMethod: quote?.option?.id ?? '', payment: 'bank-transfer' },
  })
  return {
    ...{ draft: { id: draft.id, email: draft.email, phone: draft.phone }, ...chosen },
    lines: cart?.lines ?? [],
    isReady: cart?.isReady ?? false,
    shipTo: addressLines(details, settings.locale),
    /** What staff still have to enter, in words. */
    missing: [...new Set(error?.issues.map(({ message }) => message))],
    shippingLabel: quote?.option?.label ?? null,
    totals: quote?.totals ?? null,
    payments: quote?.payments ?? [],
  }
}

const refusals = {
  'empty-cart': 'This draft has no items.',
  'lines-unavailable': 'Some items are sold out or no longer for sale. Change the draft first.',
  'total-changed': 'The total has changed. No order was created yet: check it and try again.',
  'stale-form': 'Someone else changed this draft. No order was created yet: check it and try again.',
  'country-not-served': 'The store doesn’t ship to this country.',
  'shipping-not-offered': 'The shipping method is no longer available. Choose another one in the draft.',
  'payment-not-offered': 'This payment method is not available. Choose another one.',
  'amount-too-large': 'The total is too large.',
} satisfies Record<Exclude<PlaceOrderRefusal, 'already-placed'>, string>

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const draftId = parseId(params.draftId)
  const settings = orNotFound(await readSettings())
  const submission = await parseForm(request, placeDraftSchema)
  if (submission.status !== 'success') return formResponse(submission)
  const { payment, reference, ...shown } = submission.value
  const { draft, quote } = orNotFound(await readDraft(draftId, settings))
  const shippingMethod = quote?.option?.id ?? draft.shippingMethod
  const isPaid = payment === 'paid'
  // What is received already needs no method of the checkout.
  const method = isPaid || payment === 'none' ? 'bank-transfer' : payment
  const form = toCheckoutForm(detailsOf(draft), {
    ...shown,
    shippingMethod: shippingMethod || 'none',
    payment: method,
  })
  if (!form.success) return formResponse(submission, { problem: form.error.issues[0]!.message })
  const result = await placeDraft({
    ...{ draft: { draftId }, form: form.data, settings, now: new Date() },
    staff: { by: staff.id, paid: isPaid ? { reference } : null },
  })
  if (result.ok && result.isNew)
    return redirectWithToast(urls.admin.order(result.orderId), { kind: 'success', text: 'Order created.' })
  if (result.ok || result.reason === 'already-placed') {
    const { draft } = orNotFound(await readDraft(draftId, settings))
    const text = 'This draft is already an order.'
    return redirectWithToast(urls.admin.order(draft.orderId!), { kind: 'info', text })
  }
  if (result.reason === 'not-found' || result.reason === 'deleted') throw orNotFound(null)
  return formResponse(submission, { problem: refusals[result.reason] })
}

export type PlacePage = Awaited<ReturnType<typeof loader>>

export default function PlaceDraft() {
  const page = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { draft, missing, lines } = page
  return (
    <>
      <PageHead
        crumbs={[
          { to: urls.admin.orders(), label: 'Orders' },
          { to: urls.admin.drafts(), label: 'Draft orders' },
          { to: urls.admin.draft(draft.id), label: draftName(draft) },
        ]}
        title="Create order"
        about="Takes the items out of stock and emails the customer a confirmation."
      />
      {missing.length > 0 || lines.length === 0 ? (
        <Panel title="Something is missing">
          <ul>
            {(lines.length === 0 ? ['Add at least one item.'] : missing).map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
          <p className="apart">
            <Link className="button" to={urls.admin.draft(draft.id)}>
              Complete the draft
            </Link>
          </p>
        </Panel>
      ) : (
        <PlaceForm page={page} answer={answer} />
      )}
    </>
  )
}
