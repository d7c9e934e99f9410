import { createCookie } from '@remix-run/node'
import { env } from '#env'

/** Whether shoppers reach the shop by https; browsers then send our cookies by nothing else. */
const isSecure = () => env.appOrigin.startsWith('https:')

/**
 * The name under which a cookie travels. On https all of ours are `__Host-`: browsers take them from this host alone,
 * for all of its paths, and only with Secure (OWASP ASVS 5.0, 3.3.1 and 3.3.3). On plain http that prefix is refused.
 */
export const cookieName = (name: string) => (isSecure() ? `__Host-${name}` : name)

/** A Set-Cookie line that says what all of our cookies have in common; 0 seconds delete the cookie. */
export const setCookie = (name: string, value: string, seconds: number) =>
  `${cookieName(name)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${isSecure() ? '; Secure' : ''}`

/** A signed cookie that only the server reads, for so many seconds; older secrets verify it too. */
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
