import { can } from '#app/domain/access/access.ts'
import { getVisitor } from '#app/http/session/session.server.ts'
import { previewParameter } from '#app/urls.ts'

/** Whether the request asks for what is not published, by a staff member who may edit it. */
export async function asksForPreview(request: Request): Promise<boolean> {
  if (!new URL(request.url).searchParams.has(previewParameter)) return false
  const { user } = await getVisitor(request)
  return can(user, 'catalog')
}
