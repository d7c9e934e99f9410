import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { revalidateForm } from '#app/components/admin/edit-form.tsx'
import { MethodForm } from '#app/components/admin/method-form.tsx'
import { newMethodValues } from '#app/components/admin/method-values.ts'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { createMethod } from '#app/domain/shipping/methods.server.ts'
import { maxTiers, newMethodSchema } from '#app/domain/shipping/zone.schema.ts'
import { getZone } from '#app/domain/shipping/zones.server.ts'
import { constraintsOf } from '#app/http/forms/constraints.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'settings' } satisfies RouteHandle

export const meta = () => adminMeta('New shipping method')

export async function loader({ params }: LoaderFunctionArgs) {
  const [zone, settings] = await Promise.all([getZone(parseId(params.zoneId)), getSettings()])
  const { id, title } = orNotFound(zone)
  const { contactAddress: storeAddress, currency, currencyDigits } = orNotFound(settings)
  const constraint = constraintsOf(newMethodSchema({ currency, currencyDigits }))
  return { zone: { id, title }, storeAddress, currency, maxTiers, constraint }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const zoneId = parseId(params.zoneId)
  const submission = await parseForm(request, newMethodSchema(orNotFound(await getSettings())))
  if (submission.status !== 'success') return formResponse(submission)
  if (!(await createMethod({ ...submission.value, zoneId, by: staff.id }))) throw orNotFound(null)
  return redirectWithToast(urls.admin.shippingZone(zoneId), { kind: 'success', text: 'Method added.' })
}

export const shouldRevalidate = revalidateForm

export default function NewMethod() {
  const { zone, ...data } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <>
      <PageHead
        crumbs={[
          { to: urls.admin.settings('shipping'), label: 'Shipping' },
          { to: urls.admin.shippingZone(zone.id), label: zone.title },
        ]}
        title="New method"
      />
      <div className="settings">
        <MethodForm
          {...data}
          action={urls.admin.newShippingMethod(zone.id)}
          values={newMethodValues}
          answer={answer}
        >
          <button className="button button--primary" type="submit">
            Add method
          </button>
          <Link className="button button--quiet" to={urls.admin.shippingZone(zone.id)}>
            Back
          </Link>
        </MethodForm>
      </div>
    </>
  )
}
