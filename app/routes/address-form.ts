import { data, type LoaderFunctionArgs } from '@remix-run/node'
import { addressForm } from '#app/domain/shipping/address-form.server.ts'
import { countryCodes } from '#app/domain/shipping/countries.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'

export const handle = { access: 'everyone' } satisfies RouteHandle

/** The address fields of one country, for a form in which another country was chosen. */
export function loader({ request }: LoaderFunctionArgs) {
  const wanted = new URL(request.url).searchParams.get('country')
  const country = orNotFound(countryCodes.find((code) => code === wanted) ?? null)
  return data(addressForm(country), { headers: { 'cache-control': 'public, max-age=3600' } })
}
