import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { AddressForm } from '#app/components/address-book.tsx'
import { pageMeta } from '#app/components/page-meta.ts'
import { addressSchema } from '#app/domain/accounts/addresses.schema.ts'
import { getAddress, updateAddress } from '#app/domain/accounts/addresses.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { countryLines, listCountries } from '#app/domain/shipping/countries.ts'
import { answerForm } from '#app/http/answer-form.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { idOf } from '#app/http/ids.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { noStore, orNotFound, redirectWithToast } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'signed-in' } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Change the address', isPrivate: true })

export const headers = () => noStore

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await userOf(request)
  const [found, settings] = await Promise.all([getAddress(user.id, idOf(params.addressId)), getSettings()])
  const address = orNotFound(found)
  const { shippingCountries, locale } = orNotFound(settings)
  // The shop may have stopped delivering to where this is; the address still says so.
  const served = shippingCountries.length > 0 ? [...new Set([...shippingCountries, address.country])] : []
  return data({ address, countries: countryLines(listCountries(served, locale)) }, { headers: noStore })
}

export async function action({ request, params }: ActionFunctionArgs) {
  const submission = await parseForm(request, addressSchema)
  const user = await userOf(request)
  const addressId = idOf(params.addressId)
  if (submission.status !== 'success') return answerForm(submission)
  orNotFound((await updateAddress(user.id, addressId, submission.value)) || null)
  return redirectWithToast(urls.account.addresses(), { kind: 'success', text: 'The address is saved.' })
}

export default function AddressPage() {
  const { address, countries } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { id, isDefault, ...initial } = address
  return (
    <>
      <header className="account__head">
        <h1>Change the address</h1>
        {isDefault && <p className="soft">It is the default one, filled in for you at checkout.</p>}
      </header>
      <AddressForm
        action={urls.account.address(id)}
        answer={answer}
        initial={initial}
        countries={countries}
        isDefault={isDefault}
        submit="Save the address"
      />
      <p>
        <Link to={urls.account.addressDeletion(id)}>Delete this address</Link>
      </p>
    </>
  )
}
