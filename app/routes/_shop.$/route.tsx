import type { ClientLoaderFunctionArgs } from '@remix-run/react'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { orNotFound } from '#app/http/respond.server.ts'

export const handle = { access: 'everyone' } satisfies RouteHandle

/** Every address that nothing else answers: not found, with the shop around it. */
export const loader = () => orNotFound(null)

export const action = () => orNotFound(null)

/**
 * The shop's pages know no route of the admin, so in the browser a link there ends here: the address is asked for as a
 * document, and the server answers with the admin or with a 404.
 */
export const clientLoader = ({ request }: ClientLoaderFunctionArgs): Promise<never> => {
  window.location.assign(request.url)
  return new Promise(() => {})
}

export default function NotFound() {
  return null
}
