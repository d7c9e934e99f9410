import type { LoaderFunctionArgs } from '@remix-run/node'
import { exportAccount } from '#app/domain/customers/export-account.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { noStore, orNotFound } from '#app/http/forms/respond.server.ts'

export const handle = { access: 'signed-in' } satisfies RouteHandle

/** All personal data that the store holds about the signed-in user, as a file. */
export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request)
  const held = orNotFound(await exportAccount(user.id))
  return new Response(JSON.stringify(held, null, 2), {
    headers: {
      ...noStore,
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="account.json"',
    },
  })
}
