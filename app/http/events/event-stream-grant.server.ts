/**
 * What a loader returns as `live`, so that its page receives changes of exactly the topics it shows. The position
 * (`livePosition`) has to be taken before the loader reads.
 */
import { type Grant, signGrant } from '#app/domain/realtime/grant.server.ts'
import { topics } from '#app/domain/realtime/topics.ts'
import { env } from '#env'
import { readSessionToken } from '#app/http/session/session.server.ts'

/** A grant for the session of the request; none without a session. */
export function grantToVisitor(request: Request, grant: Grant): string | undefined {
  if (grant.sessionId === null) return undefined
  return sign(grant, readSessionToken(request.headers.get('cookie') ?? ''))
}

/** A public grant for a page that shows these products with prices and stock. */
export function grantProducts(position: string, products: { id: number }[]): string {
  const shown = products.map(({ id }) => topics.product(id))
  return sign({ sessionId: null, position, topics: [topics.catalog, ...new Set(shown)] }, null)
}

function sign(grant: Grant, token: string | null): string {
  return signGrant(grant, { secret: env.sessionSecrets[0]!, token, now: Date.now() })
}
