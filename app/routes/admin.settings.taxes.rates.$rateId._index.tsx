import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { revalidateForm } from '#app/components/admin/edit-form.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { TaxRateForm } from '#app/components/admin/tax-forms.tsx'
import { rateRefusals } from '#app/components/admin/tax-messages.ts'
import { listCountryChoices, listRegions, regionName } from '#app/domain/shipping/places.server.ts'
import { listTaxClasses } from '#app/domain/taxes/tax-classes.server.ts'
import { toPercent } from '#app/domain/taxes/tax-rate.ts'
import { getTaxRate, updateTaxRate } from '#app/domain/taxes/tax-rates.server.ts'
import { rateSchema } from '#app/domain/taxes/tax.schema.ts'
import { constraintsOf } from '#app/http/forms/constraints.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'settings' } satisfies RouteHandle

export const meta = () => adminMeta('Tax rate')

export async function loader({ params }: LoaderFunctionArgs) {
  const [found, classes] = await Promise.all([getTaxRate(parseId(params.rateId)), listTaxClasses()])
  const rate = orNotFound(found)
  return {
    id: rate.id,
    form: {
      version: rate.version,
      values: {
        ...{ country: rate.country, region: regionName(rate), rate: toPercent(rate.rate) },
        taxClassId: String(rate.taxClassId ?? ''),
      },
      ...{ classes, regions: listRegions(rate.country), countries: listCountryChoices() },
      constraint: constraintsOf(rateSchema),
    },
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const submission = await parseForm(request, rateSchema)
  if (submission.status !== 'success') return formResponse(submission)
  const result = await updateTaxRate({ ...submission.value, id: parseId(params.rateId), by: staff.id })
  if (!result.ok) return formResponse(submission, rateRefusals[result.reason])
  return redirectWithToast(urls.admin.settings('taxes'), { kind: 'success', text: 'Rate saved.' })
}

export const shouldRevalidate = revalidateForm

export default function TaxRate() {
  const { id, form } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <TaxRateForm
      {...form}
      key={form.version}
      title="Tax rate"
      action={`${urls.admin.taxRate(id)}?index`}
      answer={answer}
    >
      <button className="button button--primary" type="submit">
        Save
      </button>
      <Link className="button button--quiet save-bar__delete" to={urls.admin.deleteTaxRate(id)}>
        Delete rate
      </Link>
    </TaxRateForm>
  )
}
