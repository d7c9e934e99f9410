import type { SessionUser } from '#app/domain/access/roles.ts'
import { getVisitor } from './session.server.ts'

/** The signed-in user, on a route whose guard requires one. */
export async function requireUser(request: Request): Promise<SessionUser> {
  return (await signedInVisitor(request)).user
}

/** The same with the session, for live pages. */
export async function signedInVisitor(request: Request): Promise<{ sessionId: number; user: SessionUser }> {
  const { sessionId, user } = await getVisitor(request)
  if (!user || sessionId === null) throw new Error('A route calls requireUser without declaring access')
  return { sessionId, user }
}
