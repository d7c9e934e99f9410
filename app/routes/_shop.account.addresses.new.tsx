import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { AddressForm } from '#app/components/address-book.tsx'
import { pageMeta } from '#app/components/page-meta.ts'
import { addressSchema } from '#app/domain/accounts/addresses.schema.ts'
import { addAddress, maxAddresses } from '#app/domain/accounts/addresses.server.ts'
import { getProfile } from '#app/domain/accounts/profile.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { addressForm } from '#app/domain/shipping/address-form.server.ts'
import { countryLines, listCountries, defaultCountry } from '#app/domain/shipping/countries.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseAddressForm, updatedForm } from '#app/http/forms/parse-address-form.server.ts'
import { noStore, orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'signed-in' } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Add address', isPrivate: true })

export const headers = () => noStore

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request)
  const [profile, found] = await Promise.all([getProfile(user.id), getSettings()])
  const settings = orNotFound(found)
  const { name, phone } = orNotFound(profile)
  const countries = listCountries(settings.shippingCountries, settings.locale)
  const country = defaultCountry(countries, settings.locale)
  return data(
    {
      countries: countryLines(countries),
      initial: { name, phone, country },
      addressForm: addressForm(country),
    },
    { headers: noStore },
  )
}

export async function action({ request }: ActionFunctionArgs) {
  const parsed = await parseAddressForm(request, addressSchema)
  const user = await requireUser(request)
  if (parsed.isUpdate) return updatedForm(parsed)
  const { submission, addressForm } = parsed
  if (submission.status !== 'success') return formResponse(submission, {}, { addressForm })
  const added = await addAddress(user.id, submission.value)
  if (!added.ok)
    return formResponse(
      submission,
      { problem: `You can save up to ${maxAddresses} addresses. Delete one to add this.` },
      { addressForm },
    )
  return redirectWithToast(urls.account.addresses(), { kind: 'success', text: 'Address saved.' })
}

export default function NewAddressPage() {
  const { countries, initial, addressForm } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <>
      <header className="account__head">
        <h1>Add address</h1>
      </header>
      <AddressForm
        action={urls.account.newAddress()}
        answer={answer}
        initial={initial}
        countries={countries}
        form={answer?.addressForm ?? addressForm}
        isDefault={false}
        submit="Save address"
      />
    </>
  )
}
