import { type ActionFunctionArgs, data } from '@remix-run/node'
import { codeSchema } from '#app/domain/cart/cart.schema.ts'
import { codeMessage } from '#app/domain/promotions/code-message.ts'
import { applyCounted } from '#app/http/forms/apply-code.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { ensureSession } from '#app/http/session/session.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'everyone', limits: { action: 'cart' } } satisfies RouteHandle

/** Applies a discount code to the cart. */
export async function action({ request, context }: ActionFunctionArgs) {
  const submission = await parseForm(request, codeSchema)
  if (submission.status !== 'success')
    return redirectWithToast(urls.cart(), { kind: 'error', text: 'Enter a discount code.' })
  const { discountCode: code, respond } = submission.value
  const { shopper, headers } = await ensureSession(request)
  const result = await applyCounted({ shopper, code, now: new Date() }, context.ip)
  const text = codeMessage(result, code)
  if (respond === 'inline') return data({ ok: result.ok, text }, { headers })
  return redirectWithToast(urls.cart(), { kind: result.ok ? 'success' : 'error', text }, { headers })
}

export const loader = () => orNotFound(null)
