import type { SessionUser } from '#app/domain/accounts/accounts.ts'
import { getVisitor } from './session.server.ts'

/** Who is asking, on a route that only people who are signed in may use: the guard of the routes saw to that. */
export async function userOf(request: Request): Promise<SessionUser> {
  return (await signedInVisitor(request)).user
}

/** The same with the session, for pages that listen. */
export async function signedInVisitor(request: Request): Promise<{ sessionId: number; user: SessionUser }> {
  const { sessionId, user } = await getVisitor(request)
  if (!user || sessionId === null)
    throw new Error('A route asks for its user and does not declare that it needs one')
  return { sessionId, user }
}
