/** The path if it leads to a page of this shop, else the fallback: nothing that a user supplies leads away. */
export function safeRedirect(path: unknown, fallback = '/'): string {
  if (typeof path !== 'string' || path.length > 2000) return fallback
  // Browsers drop tabs and line ends, and read a backslash as a slash.
  if (!path.startsWith('/') || /^\/[/\\]|[\\\p{Cc}]/u.test(path)) return fallback
  const base = 'http://shop.invalid'
  const url = URL.canParse(path, base) ? new URL(path, base) : null
  return url?.origin === base && !url.pathname.startsWith('//')
    ? url.pathname + url.search + url.hash
    : fallback
}
