import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { AddressForm } from '#app/components/address-book.tsx'
import { pageMeta } from '#app/components/page-meta.ts'
import { addressSchema } from '#app/domain/accounts/addresses.schema.ts'
import { getAddress, updateAddress } from '#app/domain/accounts/addresses.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { addressForm, formValues } from '#app/domain/shipping/address-form.server.ts'
import { countryLines, listCountries } from '#app/domain/shipping/countries.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { parseAddressForm, updatedForm } from '#app/http/forms/parse-address-form.server.ts'
import { noStore, orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'signed-in' } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Edit address', isPrivate: true })

export const headers = () => noStore

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request)
  const [found, settings] = await Promise.all([getAddress(user.id, parseId(params.addressId)), getSettings()])
  const address = orNotFound(found)
  const { shippingCountries, locale } = orNotFound(settings)
  // The store may have stopped shipping to this country; the address still contains it.
  const served = shippingCountries.length > 0 ? [...new Set([...shippingCountries, address.country])] : []
  return data(
    {
      address: formValues(address),
      countries: countryLines(listCountries(served, locale)),
      addressForm: addressForm(address.country),
    },
    { headers: noStore },
  )
}

export async function action({ request, params }: ActionFunctionArgs) {
  const parsed = await parseAddressForm(request, addressSchema)
  const user = await requireUser(request)
  const addressId = parseId(params.addressId)
  if (parsed.isUpdate) return updatedForm(parsed)
  const { submission, addressForm } = parsed
  if (submission.status !== 'success') return formResponse(submission, {}, { addressForm })
  orNotFound((await updateAddress(user.id, addressId, submission.value)) || null)
  return redirectWithToast(urls.account.addresses(), { kind: 'success', text: 'Address saved.' })
}

export default function AddressPage() {
  const { address, countries, addressForm } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { id, isDefault, ...initial } = address
  return (
    <>
      <header className="account__head">
        <h1>Edit address</h1>
        {isDefault && <p className="soft">This is your default address at checkout.</p>}
      </header>
      <AddressForm
        action={urls.account.address(id)}
        answer={answer}
        initial={initial}
        countries={countries}
        form={answer?.addressForm ?? addressForm}
        isDefault={isDefault}
        submit="Save address"
      />
      <p>
        <Link to={urls.account.deleteAddress(id)}>Delete address</Link>
      </p>
    </>
  )
}
