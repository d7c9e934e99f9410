import type { ActionFunctionArgs } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { revalidateForm } from '#app/components/admin/edit-form.tsx'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { ZoneForm } from '#app/components/admin/zone-form.tsx'
import { zoneMessages } from '#app/components/admin/zone-messages.ts'
import { listPlaceChoices } from '#app/domain/shipping/places.server.ts'
import { newZoneSchema } from '#app/domain/shipping/zone.schema.ts'
import { createZone, listTakenPlaces, takenText } from '#app/domain/shipping/zones.server.ts'
import { constraintsOf } from '#app/http/forms/constraints.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { redirectWithToast } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'settings' } satisfies RouteHandle

export const meta = () => adminMeta('New shipping zone')

export async function loader() {
  return {
    choices: listPlaceChoices(),
    taken: await listTakenPlaces(),
    constraint: constraintsOf(newZoneSchema),
  }
}

export async function action({ request }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const submission = await parseForm(request, newZoneSchema)
  if (submission.status !== 'success') return formResponse(submission)
  const result = await createZone({ ...submission.value, by: staff.id })
  if (result.ok)
    return redirectWithToast(urls.admin.shippingZone(result.id), {
      kind: 'success',
      text: 'Zone added. Add its shipping methods next.',
    })
  if (result.reason === 'place-taken')
    return formResponse(submission, { errors: { places: [takenText(result.taken)] } })
  return formResponse(submission, { problem: zoneMessages[result.reason] })
}

export const shouldRevalidate = revalidateForm

const values = { title: '', covers: 'places', places: [] }

export default function NewZone() {
  const data = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <>
      <PageHead
        crumbs={[
          { to: urls.admin.settings(), label: 'Settings' },
          { to: urls.admin.settings('shipping'), label: 'Shipping' },
        ]}
        title="New zone"
      />
      <div className="settings">
        <ZoneForm {...data} action={urls.admin.newShippingZone()} values={values} answer={answer}>
          <button className="button button--primary" type="submit">
            Add zone
          </button>
          <Link className="button button--quiet" to={urls.admin.settings('shipping')}>
            Back
          </Link>
        </ZoneForm>
      </div>
    </>
  )
}
