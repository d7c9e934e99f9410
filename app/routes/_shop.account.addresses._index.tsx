import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { PostalAddress } from '#app/components/address-book.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { EmptyState } from '#app/components/empty-state.tsx'
import { pageMeta } from '#app/components/page-meta.ts'
import { listAddresses, maxAddresses } from '#app/domain/accounts/addresses.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { addressLines } from '#app/domain/shipping/address-lines.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { noStore, orNotFound } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'signed-in' } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Your addresses', isPrivate: true })

export const headers = () => noStore

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request)
  const [book, settings] = await Promise.all([listAddresses(user.id), getSettings()])
  const { locale } = orNotFound(settings)
  const addresses = book.map((address) => ({ ...address, lines: addressLines(address, locale) }))
  return data({ addresses, most: maxAddresses }, { headers: noStore })
}

export default function AddressesPage() {
  const { addresses, most } = useLoaderData<typeof loader>()
  if (addresses.length === 0) return <NoAddresses />
  return (
    <>
      <header className="account__head">
        <h1>Your addresses</h1>
        <p className="soft">Your default address is filled in at checkout.</p>
      </header>
      <ul role="list" className="address-cards">
        {addresses.map((address) => (
          <li key={address.id} className="address-card">
            <PostalAddress lines={address.lines} />
            {address.phone && <p className="soft small">{address.phone}</p>}
            {address.isDefault && <p className="tag">Default</p>}
            <AddressActions address={address} />
          </li>
        ))}
      </ul>
      {addresses.length < most ? (
        <p>
          <Link to={urls.account.newAddress()} className="button button--primary">
            Add address
          </Link>
        </p>
      ) : (
        <p className="notice">You can save up to {most} addresses. Delete one to add another.</p>
      )}
    </>
  )
}

function AddressActions({
  address: { id, name, line1, isDefault },
}: {
  address: { id: number; name: string; line1: string; isDefault: boolean }
}) {
  const which = `${name}, ${line1}`
  return (
    <div className="address-card__ways">
      <Link to={urls.account.address(id)} className="link-button" aria-label={`Edit ${which}`}>
        Edit
      </Link>
      <Link to={urls.account.deleteAddress(id)} className="link-button" aria-label={`Delete ${which}`}>
        Delete
      </Link>
      {!isDefault && (
        <Form method="post" action={urls.account.defaultAddress(id)}>
          <CsrfField />
          <button className="link-button" aria-label={`Make ${which} the default`}>
            Make default
          </button>
        </Form>
      )}
    </div>
  )
}

function NoAddresses() {
  return (
    <EmptyState art="no addresses" title="No saved addresses" level="h1">
      <p>Saved addresses are filled in at checkout on all your devices.</p>
      <p className="empty__ways">
        <Link to={urls.account.newAddress()} className="button button--primary">
          Add address
        </Link>
      </p>
    </EmptyState>
  )
}
