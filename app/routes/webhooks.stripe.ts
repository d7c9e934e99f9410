import type { ActionFunctionArgs } from '@remix-run/node'
import { paymentProvider } from '#app/domain/billing/payment-provider.server.ts'
import { receiveEvent } from '#app/domain/billing/provider-events.server.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'

export const handle = { access: 'everyone', limits: { action: 'webhook' } } satisfies RouteHandle

/** Pages have no link to it. */
export const loader = () => orNotFound(null)

/**
 * A message of Stripe, which has no session: its signature is checked over the bytes as they were sent. It is stored
 * and answered; a job does the rest.
 */
export async function action({ request }: ActionFunctionArgs) {
  const signature = request.headers.get('stripe-signature')
  if (signature === null) throw new Response('Forbidden', { status: 403 })
  const provider = orNotFound(paymentProvider())
  const isSigned = await receiveEvent(Buffer.from(await request.arrayBuffer()), signature, provider)
  return new Response(null, { status: isSigned ? 200 : 400 })
}
