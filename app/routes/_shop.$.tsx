import type { ClientLoaderFunctionArgs } from '@remix-run/react'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'

export const handle = { access: 'everyone' } satisfies RouteHandle

/** The 404 page for unknown paths, inside the store's layout. */
export const loader = () => orNotFound(null)

export const action = () => orNotFound(null)

/**
 * The store's manifest contains no admin route, so in the browser a link there ends here: the path is loaded as a
 * document, and the server answers with the admin or with a 404.
 */
export const clientLoader = ({ request }: ClientLoaderFunctionArgs): Promise<never> => {
  window.location.assign(request.url)
  return new Promise(() => {})
}

export default function NotFound() {
  return null
}
