/** The path if it is a path of this store, otherwise the fallback: prevents open redirects. */
export function safeRedirect(path: unknown, fallback = '/'): string {
  if (typeof path !== 'string' || path.length > 2000) return fallback
  // Browsers drop tabs and line breaks, and read a backslash as a slash.
  if (!path.startsWith('/') || /^\/[/\\]|[\\\p{Cc}]/u.test(path)) return fallback
  const base = 'http://shop.invalid'
  const url = URL.canParse(path, base) ? new URL(path, base) : null
  return url?.origin === base && !url.pathname.startsWith('//')
    ? url.pathname + url.search + url.hash
    : fallback
}
