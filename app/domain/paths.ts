/**
 * The path without dot segments, repeated slashes and a trailing slash, and without needless escapes (RFC 3986, 6.2.2).
 * It must begin with exactly one slash.
 */
export function normalizePath(path: string): string {
  const { pathname } = new URL(`http://localhost${path}`)
  return trimSlashes(pathname.replace(/%[\da-f]{2}/gi, unescapeUnreserved))
}

export const trimSlashes = (path: string) => path.replace(/\/{2,}/g, '/').replace(/(.)\/$/, '$1')

function unescapeUnreserved(escape: string): string {
  const character = String.fromCharCode(Number.parseInt(escape.slice(1), 16))
  return /[\w.~-]/.test(character) ? character : escape.toUpperCase()
}
