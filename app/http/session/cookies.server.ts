import { createCookie } from '@remix-run/node'
import { env } from '#env'

/** Whether the store is served over https; the cookies then have the Secure attribute. */
const isSecure = () => env.appOrigin.startsWith('https:')

/**
 * The name of a cookie as it is sent. On https all of ours have the prefix `__Host-`: browsers accept them from this
 * host only, for all of its paths, and only with Secure (OWASP ASVS 5.0, 3.3.1 and 3.3.3). On plain http that prefix
 * is refused.
 */
export const cookieName = (name: string) => (isSecure() ? `__Host-${name}` : name)

/**
 * A Set-Cookie header with the attributes that all of our cookies share; 0 seconds deletes the cookie. For values that
 * are read without parsing on each request, also by the page cache (session, theme): createCookie would encode them as
 * JSON in base64.
 */
export const setCookie = (name: string, value: string, seconds: number) =>
  `${cookieName(name)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${isSecure() ? '; Secure' : ''}`

/** A signed cookie that only the server reads, valid for so many seconds; older secrets verify it too. */
export function signedCookie(name: string, seconds: number) {
  return createCookie(cookieName(name), {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    maxAge: seconds,
    secure: isSecure(),
    secrets: env.sessionSecrets,
  })
}
