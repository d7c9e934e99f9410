import { redirect } from '@remix-run/node'
import { isStaff, type SessionUser } from '#app/domain/accounts/accounts.ts'
import { urls } from '#app/urls.ts'
import { getVisitor } from './session.server.ts'

/** The staff member who is asking; anybody else is sent to sign in and then back to the page. */
export async function requireStaff(request: Request): Promise<SessionUser> {
  const { user } = await getVisitor(request)
  if (isStaff(user)) return user
  const { pathname, search } = new URL(request.url)
  throw redirect(
    urls.login(request.method === 'GET' ? pathname.replace(/\.data$/, '') + search : undefined),
    303,
  )
}
