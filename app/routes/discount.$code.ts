import type { LoaderFunctionArgs } from '@remix-run/node'
import { codeMessage } from '#app/domain/promotions/code-message.ts'
import { applyCounted } from '#app/http/forms/apply-code.server.ts'
import { redirectWithToast } from '#app/http/forms/respond.server.ts'
import { safeRedirect } from '#app/http/forms/safe-redirect.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { ensureSession } from '#app/http/session/session.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'everyone', limits: { loader: 'cart' } } satisfies RouteHandle

/**
 * A link that applies a discount code, for emails and ads: `?next=` is the page to show, by default the home page. A
 * code that cannot be used starts no session.
 */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const code = params.code!.slice(0, 64)
  const { shopper, headers } = await ensureSession(request)
  const result = await applyCounted({ shopper, code, now: new Date() }, context.ip)
  const next = safeRedirect(new URL(request.url).searchParams.get('next'), urls.home())
  return redirectWithToast(
    next,
    { kind: result.ok ? 'success' : 'error', text: codeMessage(result, code) },
    { headers },
  )
}
