import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { PostalAddress } from '#app/components/address-book.tsx'
import { pageMeta } from '#app/components/page-meta.ts'
import { ServerForm } from '#app/components/server-form.tsx'
import { deleteAddress, getAddress } from '#app/domain/accounts/addresses.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { addressLines } from '#app/domain/shipping/address-lines.server.ts'
import { buttonAction } from '#app/http/forms/button-action.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { noStore, orNotFound } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'signed-in' } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Delete address', isPrivate: true })

export const headers = () => noStore

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request)
  const [found, settings] = await Promise.all([getAddress(user.id, parseId(params.addressId)), getSettings()])
  const address = orNotFound(found)
  return data(
    { id: address.id, lines: addressLines(address, orNotFound(settings).locale) },
    { headers: noStore },
  )
}

export const action = buttonAction({
  ids: ['addressId'],
  command: async ({ addressId }, userId) => (await deleteAddress(userId, addressId)) || null,
  page: () => urls.account.addresses(),
  done: () => ({ kind: 'info', text: 'Address deleted.' }),
}).action

export default function DeleteAddressPage() {
  const { id, lines } = useLoaderData<typeof loader>()
  return (
    <>
      <header className="account__head">
        <h1>Delete this address?</h1>
        <p className="soft">Existing orders are not affected.</p>
      </header>
      <PostalAddress lines={lines} />
      <ServerForm action={urls.account.deleteAddress(id)} submit="Delete address" busy="Deleting…" />
      <p>
        <Link to={urls.account.addresses()}>Cancel</Link>
      </p>
    </>
  )
}
