import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { revalidateForm } from '#app/components/admin/edit-form.tsx'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { ZoneForm } from '#app/components/admin/zone-form.tsx'
import { zoneMessages } from '#app/components/admin/zone-messages.ts'
import { MethodLines } from '#app/components/admin/zone-panel.tsx'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { listPlaceChoices, placeKey } from '#app/domain/shipping/places.server.ts'
import { describeMethod } from '#app/domain/shipping/zone-words.ts'
import { zoneSchema } from '#app/domain/shipping/zone.schema.ts'
import { getZone, listTakenPlaces, takenText, updateZone } from '#app/domain/shipping/zones.server.ts'
import { constraintsOf } from '#app/http/forms/constraints.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'settings' } satisfies RouteHandle

export const meta: MetaFunction<typeof loader> = ({ data }) => adminMeta(data?.zone.title ?? 'Shipping zone')

export async function loader({ params }: LoaderFunctionArgs) {
  const id = parseId(params.zoneId)
  const [found, settings, taken] = await Promise.all([getZone(id), getSettings(), listTakenPlaces(id)])
  const { places, methods, ...zone } = orNotFound(found)
  const shop = orNotFound(settings)
  const own = new Set(places.map(({ country }) => country))
  const choices = listPlaceChoices()
  return {
    zone,
    places: places.map(placeKey),
    methods: methods.map((method) => describeMethod(method, shop)),
    // Those of the zone first.
    choices: [
      ...choices.filter(({ code }) => own.has(code)),
      ...choices.filter(({ code }) => !own.has(code)),
    ],
    taken,
    constraint: constraintsOf(zoneSchema),
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const submission = await parseForm(request, zoneSchema)
  if (submission.status !== 'success') return formResponse(submission)
  const result = await updateZone({ ...submission.value, id: parseId(params.zoneId), by: staff.id })
  if (result.ok)
    return redirectWithToast(urls.admin.shippingZone(result.id), { kind: 'success', text: 'Saved.' })
  if (result.reason === 'place-taken')
    return formResponse(submission, { errors: { places: [takenText(result.taken)] } })
  return formResponse(submission, { problem: zoneMessages[result.reason] })
}

export const shouldRevalidate = revalidateForm

export default function Zone() {
  const { zone, places, methods, ...data } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <>
      <PageHead
        crumbs={[
          { to: urls.admin.settings(), label: 'Settings' },
          { to: urls.admin.settings('shipping'), label: 'Shipping' },
        ]}
        title={zone.title}
      />
      <div className="settings">
        <Panel
          title="Methods"
          action={
            <Link className="button" to={urls.admin.newShippingMethod(zone.id)}>
              Add method
            </Link>
          }
          flush
        >
          <MethodLines methods={methods} />
        </Panel>
        <ZoneForm
          {...data}
          key={zone.version}
          action={`${urls.admin.shippingZone(zone.id)}?index`}
          version={zone.version}
          values={{ title: zone.title, covers: zone.isRestOfWorld ? 'rest' : 'places', places }}
          answer={answer}
        >
          <button className="button button--primary" type="submit">
            Save
          </button>
          <Link className="button button--quiet save-bar__delete" to={urls.admin.deleteShippingZone(zone.id)}>
            Delete zone
          </Link>
        </ZoneForm>
      </div>
    </>
  )
}
