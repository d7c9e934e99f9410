import { redirect } from '@remix-run/node'
import { z } from 'zod'
import { isStaff, type Role } from '#app/domain/accounts/accounts.ts'
import type { SignedIn } from '#app/domain/accounts/sessions.server.ts'
import { findPendingSignIn, pendingMinutes, type SignInStep } from '#app/domain/accounts/sign-in.server.ts'
import type { JoinedCarts } from '#app/domain/cart/join-lines.ts'
import { urls } from '#app/urls.ts'
import { signedCookie } from './cookies.server.ts'
import { noStore, redirectWithToast } from './respond.server.ts'
import { safeRedirect } from './safe-redirect.ts'
import { sessionCookie } from './session.server.ts'

/** Where somebody comes to who did not want to go anywhere in particular. */
export function homeOf({ role }: { role: Role }): string {
  return isStaff({ role }) ? urls.admin.home() : urls.account.home()
}

/**
 * 303 to where the person wanted to go, with the cookie of their new session and, in words, what became of the
 * cart of this device. A checkout is not entered with a cart that has just become another one: the cart comes first.
 */
export async function redirectSignedIn(
  { token, joined }: Pick<SignedIn, 'token' | 'joined'>,
  next: string,
  cookies: string[] = [],
) {
  const headers = new Headers(noStore)
  for (const cookie of [sessionCookie(token), ...cookies]) headers.append('set-cookie', cookie)
  // The pages of the shop do not know the admin's routes.
  if (next.startsWith(urls.admin.home())) headers.set('x-remix-reload-document', 'true')
  const isMixedUp = joined.isMixed && (joined.added > 0 || joined.leftOut > 0)
  const goal = isMixedUp && next.startsWith(urls.checkout()) ? urls.cart() : next
  const words = joinedWords(joined)
  if (words === null) return redirect(goal, { status: 303, headers })
  return redirectWithToast(goal, { kind: 'info', text: words }, { headers })
}

function joinedWords({ added, leftOut }: JoinedCarts): string | null {
  const items = (count: number) => (count === 1 ? '1 item' : `${count} items`)
  const said = []
  if (added > 0)
    said.push(`${items(added)} from this device ${added === 1 ? 'was' : 'were'} added to your cart.`)
  if (leftOut > 0) said.push(`${items(leftOut)} did not fit into it.`)
  return said.length > 0 ? said.join(' ') : null
}

/** 303 to where the person wanted to go, or first to the page that asks for the second factor. */
export async function redirectAfterPassword(step: SignInStep, next: string, cookies: string[] = []) {
  if ('signedIn' in step) return redirectSignedIn(step.signedIn, next, cookies)
  const pending = await pendingCookie().serialize({ token: step.pendingToken, next })
  const headers = new Headers(noStore)
  for (const cookie of [pending, ...cookies]) headers.append('set-cookie', cookie)
  return redirect(urls.secondFactor(), { status: 303, headers })
}

/** Between password and second factor: the token of the row that says who has shown the password. */
const pendingCookie = () => signedCookie('second-factor', pendingMinutes * 60)

const pendingSchema = z.object({ token: z.string(), next: z.string() })

export function endedPendingSignIn(): Promise<string> {
  return pendingCookie().serialize('', { maxAge: 0 })
}

/** Who is between password and second factor; null for nobody, for too long, and after it was finished. */
export async function readPendingSignIn(
  request: Request,
): Promise<{ userId: number; pendingToken: string; next: string } | null> {
  const parsed = pendingSchema.safeParse(await pendingCookie().parse(request.headers.get('cookie')))
  if (!parsed.success) return null
  const { token: pendingToken, next } = parsed.data
  const pending = await findPendingSignIn(pendingToken)
  return pending && { userId: pending.userId, pendingToken, next: safeRedirect(next) }
}
