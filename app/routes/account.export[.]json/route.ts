import type { LoaderFunctionArgs } from '@remix-run/node'
import { exportAccount } from '#app/domain/accounts/export-account.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { noStore, orNotFound } from '#app/http/respond.server.ts'

export const handle = { access: 'signed-in' } satisfies RouteHandle

/** Everything that the shop holds about whoever is asking, as a file. */
export async function loader({ request }: LoaderFunctionArgs) {
  const user = await userOf(request)
  const held = orNotFound(await exportAccount(user.id))
  return new Response(JSON.stringify(held, null, 2), {
    headers: {
      ...noStore,
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="account.json"',
    },
  })
}
