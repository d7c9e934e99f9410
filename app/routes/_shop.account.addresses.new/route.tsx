import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { AddressForm } from '#app/components/address-book.tsx'
import { pageMeta } from '#app/components/page-meta.ts'
import { addressSchema } from '#app/domain/accounts/addresses.schema.ts'
import { addAddress, maxAddresses } from '#app/domain/accounts/addresses.server.ts'
import { getProfile } from '#app/domain/accounts/profile.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { countryLines, listCountries, ownCountry } from '#app/domain/shipping/countries.ts'
import { answerForm } from '#app/http/answer-form.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { noStore, orNotFound, redirectWithToast } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'signed-in' } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Add an address', isPrivate: true })

export const headers = () => noStore

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await userOf(request)
  const [profile, found] = await Promise.all([getProfile(user.id), getSettings()])
  const settings = orNotFound(found)
  const { name, phone } = orNotFound(profile)
  const countries = listCountries(settings.shippingCountries, settings.locale)
  const initial = { name, phone, country: ownCountry(countries, settings.locale) }
  return data({ countries: countryLines(countries), initial }, { headers: noStore })
}

export async function action({ request }: ActionFunctionArgs) {
  const submission = await parseForm(request, addressSchema)
  const user = await userOf(request)
  if (submission.status !== 'success') return answerForm(submission)
  const added = await addAddress(user.id, submission.value)
  if (!added.ok)
    return answerForm(submission, {
      problem: `An address book holds at most ${maxAddresses} addresses. Delete one to add this.`,
      status: 409,
    })
  return redirectWithToast(urls.account.addresses(), { kind: 'success', text: 'The address is saved.' })
}

export default function NewAddressPage() {
  const { countries, initial } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <>
      <header className="account__head">
        <h1>Add an address</h1>
      </header>
      <AddressForm
        action={urls.account.newAddress()}
        answer={answer}
        initial={initial}
        countries={countries}
        isDefault={false}
        submit="Save the address"
      />
    </>
  )
}
