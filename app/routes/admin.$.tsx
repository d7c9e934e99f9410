import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'

export const handle = { access: 'any-staff' } satisfies RouteHandle

/** The 404 page for unknown paths below /admin, inside the admin's layout. */
export const loader = () => orNotFound(null)

export default function NotFound() {
  return null
}
