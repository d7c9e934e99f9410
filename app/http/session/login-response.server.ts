import { redirect } from '@remix-run/node'
import { z } from 'zod'
import { isStaff, type Role } from '#app/domain/access/roles.ts'
import { formatCount, plural } from '#app/domain/intl.ts'
import type { SignedIn } from '#app/domain/accounts/user-session.server.ts'
import { findPendingSignIn, pendingMinutes, type SignInStep } from '#app/domain/accounts/sign-in.server.ts'
import type { MergedCarts } from '#app/domain/cart/merge-lines.ts'
import { urls } from '#app/urls.ts'
import { signedCookie } from './cookies.server.ts'
import { noStore, redirectWithToast } from '#app/http/forms/respond.server.ts'
import { safeRedirect } from '#app/http/forms/safe-redirect.ts'
import { sessionCookie } from './session.server.ts'

/** The page after sign-in when no other was requested. */
export function defaultPage({ role }: { role: Role }): string {
  return isStaff({ role }) ? urls.admin.home() : urls.account.home()
}

/**
 * 303 to the requested page, with the cookie of the new session and a message about a merged cart. Instead of the
 * checkout it leads to the cart when the carts were merged, so that the customer sees what changed.
 */
export async function loginResponse(
  { token, joined }: Pick<SignedIn, 'token' | 'joined'>,
  next: string,
  cookies: string[] = [],
) {
  const headers = new Headers(noStore)
  for (const cookie of [sessionCookie(token), ...cookies]) headers.append('set-cookie', cookie)
  // The manifest of the store's pages does not contain the admin's routes.
  if (next.startsWith(urls.admin.home())) headers.set('x-remix-reload-document', 'true')
  const hasChanged = joined.didMerge && (joined.added > 0 || joined.dropped > 0)
  const target = hasChanged && next.startsWith(urls.checkout()) ? urls.cart() : next
  const text = mergeMessage(joined)
  if (text === null) return redirect(target, { status: 303, headers })
  return redirectWithToast(target, { kind: 'info', text }, { headers })
}

function mergeMessage({ added, dropped }: MergedCarts): string | null {
  const sentences = []
  if (added > 0)
    sentences.push(
      `${formatCount(added, 'item')} from this device ${plural(added, 'was', 'were')} added to your cart.`,
    )
  if (dropped > 0)
    sentences.push(`${formatCount(dropped, 'item')} couldn’t be added because your cart is full.`)
  return sentences.length > 0 ? sentences.join(' ') : null
}

/** 303 to the requested page, or first to the page that asks for the two-factor code. */
export async function redirectAfterPassword(step: SignInStep, next: string, cookies: string[] = []) {
  if ('signedIn' in step) return loginResponse(step.signedIn, next, cookies)
  const pending = await pendingCookie().serialize({ token: step.pendingToken, next })
  const headers = new Headers(noStore)
  for (const cookie of [pending, ...cookies]) headers.append('set-cookie', cookie)
  return redirect(urls.twoFactorSignIn(), { status: 303, headers })
}

/** Between password and two-factor code: the token of the pending sign-in. */
const pendingCookie = () => signedCookie('pending-sign-in', pendingMinutes * 60)

const pendingSchema = z.object({ token: z.string(), next: z.string() })

export function endedPendingSignIn(): Promise<string> {
  return pendingCookie().serialize('', { maxAge: 0 })
}

/** The pending sign-in of this browser; null when there is none, when it has expired or was completed. */
export async function readPendingSignIn(
  request: Request,
): Promise<{ userId: number; pendingToken: string; next: string } | null> {
  const parsed = pendingSchema.safeParse(await pendingCookie().parse(request.headers.get('cookie')))
  if (!parsed.success) return null
  const { token: pendingToken, next } = parsed.data
  const pending = await findPendingSignIn(pendingToken)
  return pending && { userId: pending.userId, pendingToken, next: safeRedirect(next) }
}
