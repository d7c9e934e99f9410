import { cookieName, setCookie } from './cookies.server.ts'

/** The color scheme that the shopper chose over the system's; undefined to follow the system. */
export type Theme = 'light' | 'dark' | undefined

const oneYear = 365 * 24 * 60 * 60

/** The choice in the request's cookie. */
export function readTheme(request: Request): Theme {
  const name = cookieName('theme')
  const match = new RegExp(`(?:^|;\\s*)${name}=(light|dark)(?:;|$)`).exec(request.headers.get('cookie') ?? '')
  return match?.[1] as Theme
}

/** Set-Cookie for the choice; "system" deletes it. */
export function themeCookie(choice: 'light' | 'dark' | 'system'): string {
  return choice === 'system' ? setCookie('theme', '', 0) : setCookie('theme', choice, oneYear)
}
