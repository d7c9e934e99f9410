import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { z } from 'zod'
import { paymentProvider } from '#app/domain/billing/payment-provider.server.ts'
import { startPayment, type StartPaymentResult } from '#app/domain/billing/start-payment.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { noStore, orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'everyone', limits: { action: 'checkout' } } satisfies RouteHandle

/** POST only; a GET redirects to the order. */
export const loader = ({ params }: LoaderFunctionArgs) => redirect(urls.order(params.token!), 303)

type Refusal = Exclude<Extract<StartPaymentResult, { ok: false }>['reason'], 'not-found'>

const refusals = {
  'not-payable': 'Nothing has to be paid for this order now.',
  processing: 'Your payment is on its way. You don’t have to pay again.',
  'too-many': 'This order can’t be paid online anymore. Please contact us.',
  refused: 'The payment provider does not accept a payment for this order. Please contact us.',
  'no-answer': 'The payment page could not be opened. Please try again in a moment.',
} satisfies Record<Refusal, string>

export async function action({ request, params }: ActionFunctionArgs) {
  await parseForm(request, z.object({}))
  const token = params.token!
  const [provider, settings] = [orNotFound(paymentProvider()), orNotFound(await getSettings())]
  const result = await startPayment(token, { provider, isAuthorization: settings.capturesLater })
  if (result.ok) return redirect(result.url, { status: 303, headers: noStore })
  if (result.reason === 'not-found') throw orNotFound(null)
  const kind = result.reason === 'not-payable' || result.reason === 'processing' ? 'info' : 'error'
  return redirectWithToast(urls.order(token), { kind, text: refusals[result.reason] })
}
