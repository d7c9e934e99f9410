import { createHmac, timingSafeEqual } from 'node:crypto'
import type { SessionUser } from '#app/domain/access/roles.ts'
import type { NewGuest } from '#app/domain/cart/cart.server.ts'
import type { Shopper } from '#app/domain/cart/cart.ts'
import { findSession, type Session, startGuestSession } from '#app/domain/accounts/sessions.server.ts'
import { singleFlight } from '#app/domain/single-flight.ts'
import { env } from '#env'
import { cookieName, setCookie } from './cookies.server.ts'

/** The visitor of a request. One without a session has not changed anything yet; their pages can be cached. */
export type Visitor = {
  sessionId: number | null
  user: SessionUser | null
  /** Whose cart to read; null for a visitor without a session. */
  shopper: Shopper | null
  /** The CSRF token of every form; empty without a session. */
  csrfToken: string
  /** Expiry of the session if it is not used. */
  secondsLeft: number
}

const anonymous: Visitor = { sessionId: null, user: null, shopper: null, csrfToken: '', secondsLeft: 0 }

/** Loaders of one page run in parallel and share one query. */
const sessions = singleFlight<Session | null>()

/** The visitor of a request. A token without a valid session counts as none. */
export async function getVisitor(request: Request): Promise<Visitor> {
  const token = readRequestToken(request)
  if (!token) return anonymous
  const session = await sessions.run(token, () => findSession(token))
  if (!session) return anonymous
  return {
    sessionId: session.id,
    user: session.user,
    shopper: { sessionId: session.id, userId: session.user?.id ?? null },
    csrfToken: csrfTokenOf(token, env.sessionSecrets[0]!),
    secondsLeft: session.secondsLeft,
  }
}

/**
 * The shopper whose cart a command changes. A visitor without a session gets one in the command's transaction, and
 * only if there is something to store; `headers` then carries the cookie.
 */
export async function ensureSession(
  request: Request,
): Promise<{ shopper: Shopper | NewGuest; headers: Headers }> {
  const { shopper } = await getVisitor(request)
  const headers = new Headers()
  if (shopper) return { shopper, headers }
  const beginSession: NewGuest['beginSession'] = async (tx) => {
    const { id, token } = await startGuestSession(request.headers.get('user-agent') ?? '', tx)
    headers.set('set-cookie', sessionCookie(token))
    return { sessionId: id, userId: null }
  }
  return { shopper: { beginSession }, headers }
}

/** Client data for a new session: the session that it replaces, and the browser's user agent. */
export async function clientInfo(
  request: Request,
): Promise<{ formerSessionId: number | null; userAgent: string }> {
  const { sessionId } = await getVisitor(request)
  return { formerSessionId: sessionId, userAgent: request.headers.get('user-agent') ?? '' }
}

/** Set-Cookie for a token, valid as long as a guest's session can last; the table decides when it expires. */
export function sessionCookie(token: string): string {
  return setCookie('sid', token, 90 * 24 * 60 * 60)
}

export function endedSessionCookie(): string {
  return setCookie('sid', '', 0)
}

/**
 * Whether the form's CSRF token belongs to the session of the request's cookie. A visitor without a cookie has nothing
 * that could be forged. A guest whose page was rendered before their session began has no token in the form: then
 * `Sec-Fetch-Site: same-origin` is enough. A signed-in user always needs the token.
 */
export async function hasValidCsrfToken(
  request: Request,
  given: FormDataEntryValue | null,
): Promise<boolean> {
  const token = readRequestToken(request)
  if (!token) return true
  if (
    typeof given === 'string' &&
    env.sessionSecrets.some((secret) => isSame(csrfTokenOf(token, secret), given))
  )
    return true
  const visitor = await getVisitor(request)
  return visitor.user === null && request.headers.get('sec-fetch-site') === 'same-origin'
}

function readRequestToken(request: Request): string | null {
  return readSessionToken(request.headers.get('cookie') ?? '')
}

/** The session token in a Cookie header; null when there is no valid one. */
export function readSessionToken(cookies: string): string | null {
  const prefix = `${cookieName('sid')}=`
  const pair = cookies
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(prefix))
  const token = pair?.slice(prefix.length)
  return token && /^[\w-]{43}$/.test(token) ? token : null
}

function csrfTokenOf(token: string, secret: string): string {
  return createHmac('sha256', secret).update(`csrf ${token}`).digest('base64url')
}

function isSame(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
}
