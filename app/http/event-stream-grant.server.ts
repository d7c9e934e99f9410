/**
 * What a loader puts into its data as `live`, so that its page hears of changes: exactly the topics that the page
 * shows. The position (`livePosition`) has to be taken before the loader reads.
 */
import { type Grant, signGrant } from '#app/domain/realtime/grant.server.ts'
import { topics } from '#app/domain/realtime/topics.ts'
import { env } from '#env'
import { tokenOf } from './session.server.ts'

/** For the session of the request; without one there is nothing that could be granted. */
export function grantToVisitor(request: Request, grant: Grant): string | undefined {
  if (grant.sessionId === null) return undefined
  return sign(grant, tokenOf(request.headers.get('cookie') ?? ''))
}

/** For everybody, on a page that shows these products with prices and stock. */
export function grantProducts(position: string, products: { id: number }[]): string {
  const shown = products.map(({ id }) => topics.product(id))
  return sign({ sessionId: null, position, topics: [topics.catalog, ...new Set(shown)] }, null)
}

function sign(grant: Grant, token: string | null): string {
  return signGrant(grant, { secret: env.sessionSecrets[0]!, token, now: Date.now() })
}
