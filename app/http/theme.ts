/** The scheme that the shopper chose over their system's; undefined to follow the system. */
export type Theme = 'light' | 'dark' | undefined

const oneYear = 365 * 24 * 60 * 60

export function readTheme(request: Request): Theme {
  const match = /(?:^|;\s*)theme=(light|dark)(?:;|$)/.exec(request.headers.get('cookie') ?? '')
  return match?.[1] as Theme
}

/** Set-Cookie for the choice; "system" forgets it. */
export function themeCookie(choice: 'light' | 'dark' | 'system', isSecure: boolean): string {
  const value = choice === 'system' ? 'theme=; Max-Age=0' : `theme=${choice}; Max-Age=${oneYear}`
  return `${value}; Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`
}
