import { type ActionFunctionArgs, data } from '@remix-run/node'
import { setLineQuantity } from '#app/domain/cart/cart.server.ts'
import { setQuantitySchema } from '#app/domain/cart/cart.schema.ts'
import type { SetQuantityResult } from '#app/domain/cart/cart.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { orNotFound, redirectWithToast, toastHeaders } from '#app/http/forms/respond.server.ts'
import { getVisitor } from '#app/http/session/session.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'everyone', limits: { action: 'cart' } } satisfies RouteHandle

type Refusal = Extract<SetQuantityResult, { ok: false }>

/** Sets the quantity of a variant in the cart; 0 removes the line and offers to restore it. */
export async function action({ request, params }: ActionFunctionArgs) {
  const variantId = orNotFound(/^[1-9]\d{0,14}$/.test(params.variantId!) ? Number(params.variantId) : null)
  const submission = await parseForm(request, setQuantitySchema)
  if (submission.status !== 'success')
    return redirectWithToast(urls.cart(), { kind: 'error', text: 'Enter a whole number from 0 to 999.' })
  const { quantity, set, respond } = submission.value
  const isInline = respond === 'inline'
  const { shopper } = await getVisitor(request)
  const result: SetQuantityResult =
    shopper === null
      ? { ok: false, reason: 'not-found', left: 0 }
      : await setLineQuantity({ shopper, variantId, quantity: set ?? quantity })

  if (!result.ok) {
    const text = refusalText(result)
    return isInline
      ? data({ ok: false as const, text })
      : redirectWithToast(urls.cart(), { kind: 'error', text })
  }
  const toast = result.removed
    ? {
        kind: 'info' as const,
        text: `Removed ${result.removed.title}.`,
        undo: { variantId, quantity: result.removed.quantity },
      }
    : { kind: 'success' as const, text: 'Cart updated.' }
  if (!isInline) return redirectWithToast(urls.cart(), toast)
  return data({ ok: true as const }, result.removed ? { headers: await toastHeaders(toast) } : undefined)
}

export const loader = () => orNotFound(null)

function refusalText({ reason, left }: Refusal): string {
  const messages = {
    'not-found': 'This item is no longer in your cart.',
    'session-expired': 'Your session changed. Please try again.',
    'too-many': left === 0 ? 'This item is sold out.' : `Only ${left} available.`,
  } satisfies Record<Refusal['reason'], string>
  return messages[reason]
}
