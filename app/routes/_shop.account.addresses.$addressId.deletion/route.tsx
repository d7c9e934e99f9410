import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { PostalAddress } from '#app/components/address-book.tsx'
import { pageMeta } from '#app/components/page-meta.ts'
import { ServerForm } from '#app/components/server-form.tsx'
import { deleteAddress, getAddress } from '#app/domain/accounts/addresses.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { countryName } from '#app/domain/shipping/countries.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { idOf } from '#app/http/ids.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { noStore, orNotFound, redirectWithToast } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'signed-in' } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Delete the address', isPrivate: true })

export const headers = () => noStore

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await userOf(request)
  const [found, settings] = await Promise.all([getAddress(user.id, idOf(params.addressId)), getSettings()])
  const address = orNotFound(found)
  return data(
    { address, country: countryName(address.country, orNotFound(settings).locale) },
    { headers: noStore },
  )
}

export async function action({ request, params }: ActionFunctionArgs) {
  await parseForm(request, z.object({}))
  const user = await userOf(request)
  orNotFound((await deleteAddress(user.id, idOf(params.addressId))) || null)
  return redirectWithToast(urls.account.addresses(), { kind: 'info', text: 'The address is deleted.' })
}

export default function AddressDeletionPage() {
  const { address, country } = useLoaderData<typeof loader>()
  return (
    <>
      <header className="account__head">
        <h1>Delete this address?</h1>
        <p className="soft">Orders that went there keep it.</p>
      </header>
      <PostalAddress address={address} country={country} />
      <ServerForm
        action={urls.account.addressDeletion(address.id)}
        submit="Delete the address"
        busy="Deleting…"
      />
      <p>
        <Link to={urls.account.addresses()}>Keep it</Link>
      </p>
    </>
  )
}
