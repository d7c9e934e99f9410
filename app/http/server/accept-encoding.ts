import type { IncomingMessage } from 'node:http'
import Negotiator from 'negotiator'

export type Encoding = 'br' | 'gzip'

/** In order of size: our preference where the client has none. */
const preferred: Encoding[] = ['br', 'gzip']

/**
 * The encoding that the client prefers by its Accept-Encoding (RFC 9110, 12.5.3: weights, `*`, `q=0`); undefined to
 * send the body uncompressed.
 */
export function negotiateEncoding(
  { headers }: Pick<IncomingMessage, 'headers'>,
  available: readonly Encoding[] = preferred,
): Encoding | undefined {
  const chosen = new Negotiator({ headers }).encoding([...available, 'identity'], preferred)
  return available.find((encoding) => encoding === chosen)
}
