import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { orNotFound } from '#app/http/respond.server.ts'

export const handle = { access: 'everyone' } satisfies RouteHandle

/** Every address that nothing else answers: not found, with the shop around it. */
export const loader = () => orNotFound(null)

export const action = () => orNotFound(null)

export default function NotFound() {
  return null
}
