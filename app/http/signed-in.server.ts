import { createCookie, redirect } from '@remix-run/node'
import { z } from 'zod'
import { isStaff, type Role } from '#app/domain/accounts/accounts.ts'
import type { SignedIn } from '#app/domain/accounts/sessions.server.ts'
import type { JoinedCarts } from '#app/domain/cart/join-lines.ts'
import { urls } from '#app/urls.ts'
import { env } from '#env'
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

/** Between password and second factor: who has shown the password, for ten minutes. */
const pendingCookie = () =>
  createCookie('second-factor', {
    // Not the page's own path: its data is asked for at second-factor.data, which is no path below it.
    path: urls.login(),
    httpOnly: true,
    sameSite: 'lax',
    maxAge: 10 * 60,
    secure: env.appOrigin.startsWith('https:'),
    secrets: env.sessionSecrets,
  })

const pendingSchema = z.object({ userId: z.number(), next: z.string(), until: z.number() })

export type PendingSignIn = { userId: number; next: string }

/** Set-Cookie for somebody who has shown the password and still has to show the second factor. */
export function pendingSignInCookie(pending: PendingSignIn): Promise<string> {
  return pendingCookie().serialize({ ...pending, until: Date.now() + 10 * 60_000 })
}

export function endedPendingSignIn(): Promise<string> {
  return pendingCookie().serialize('', { maxAge: 0 })
}

/** Who is between password and second factor; null for nobody, or for too long. */
export async function readPendingSignIn(request: Request): Promise<PendingSignIn | null> {
  const parsed = pendingSchema.safeParse(await pendingCookie().parse(request.headers.get('cookie')))
  if (!parsed.success || parsed.data.until < Date.now()) return null
  return { userId: parsed.data.userId, next: safeRedirect(parsed.data.next) }
}
