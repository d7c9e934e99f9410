import type { ActionFunctionArgs } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { revalidateForm } from '#app/components/admin/edit-form.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { TaxRateForm } from '#app/components/admin/tax-forms.tsx'
import { rateRefusals } from '#app/components/admin/tax-messages.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { listCountryChoices, listRegions } from '#app/domain/shipping/places.server.ts'
import { listTaxClasses } from '#app/domain/taxes/tax-classes.server.ts'
import { createTaxRate } from '#app/domain/taxes/tax-rates.server.ts'
import { newRateSchema } from '#app/domain/taxes/tax.schema.ts'
import { constraintsOf } from '#app/http/forms/constraints.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'settings' } satisfies RouteHandle

export const meta = () => adminMeta('New tax rate')

export async function loader() {
  const [settings, classes] = await Promise.all([getSettings(), listTaxClasses()])
  const { storeCountry: country } = orNotFound(settings)
  return {
    values: { country, region: '', taxClassId: '', rate: '' },
    ...{ classes, regions: listRegions(country), countries: listCountryChoices('Choose a country') },
    constraint: constraintsOf(newRateSchema),
  }
}

export async function action({ request }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const submission = await parseForm(request, newRateSchema)
  if (submission.status !== 'success') return formResponse(submission)
  const result = await createTaxRate({ ...submission.value, by: staff.id })
  if (!result.ok) return formResponse(submission, rateRefusals[result.reason])
  return redirectWithToast(urls.admin.settings('taxes'), { kind: 'success', text: 'Rate added.' })
}

export const shouldRevalidate = revalidateForm

export default function NewTaxRate() {
  const data = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <TaxRateForm {...data} title="New tax rate" action={urls.admin.newTaxRate()} answer={answer}>
      <button className="button button--primary" type="submit">
        Add rate
      </button>
      <Link className="button button--quiet" to={urls.admin.settings('taxes')}>
        Back
      </Link>
    </TaxRateForm>
  )
}
