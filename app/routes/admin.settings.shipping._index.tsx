import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { revalidateForm } from '#app/components/admin/edit-form.tsx'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { SettingsForm } from '#app/components/admin/settings-form.tsx'
import { SingleRateFields, type SingleRateValues } from '#app/components/admin/single-rate-fields.tsx'
import { type ShownZone, ZonePanel } from '#app/components/admin/zone-panel.tsx'
import { formFields } from '#app/components/form-fields.ts'
import { type MoneyFormat, toDecimal } from '#app/domain/money.ts'
import { shippingSettings } from '#app/domain/settings/settings.schema.ts'
import { getSettings, sectionVersion, type Settings } from '#app/domain/settings/settings.server.ts'
import { listCountries } from '#app/domain/shipping/countries.ts'
import { describePlaces } from '#app/domain/shipping/places.server.ts'
import { describeMethod } from '#app/domain/shipping/zone-words.ts'
import { listZones } from '#app/domain/shipping/zones.server.ts'
import { constraintsOf } from '#app/http/forms/constraints.server.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import { settingsAction } from '#app/http/forms/settings-action.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'settings' } satisfies RouteHandle

export const meta = () => adminMeta('Shipping settings')

export async function loader() {
  const [found, zones] = await Promise.all([getSettings(), listZones()])
  const settings = orNotFound(found)
  return {
    settings,
    version: sectionVersion('shipping', settings),
    countries: zones.length === 0 ? listCountries([], 'en') : [],
    constraint: constraintsOf(shippingSettings(settings)),
    zones: zones.map((zone) => ({
      ...{ id: zone.id, title: zone.title, isRestOfWorld: zone.isRestOfWorld },
      places: zone.isRestOfWorld ? 'All addresses that are in no other zone' : describePlaces(zone.places),
      methods: zone.methods.map((method) => describeMethod(method, settings)),
    })),
  }
}

export const action = settingsAction('shipping', shippingSettings)

export const shouldRevalidate = revalidateForm

export default function ShippingSettings() {
  const { settings, version, countries, constraint, zones } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  if (zones.length > 0) return <Zones zones={zones} />
  const values = singleRateValues(settings)
  const form = formFields<SingleRateValues>({ id: 'settings', answer, constraint, values })
  return (
    <>
      <SettingsForm key={version} title="Shipping" version={version} form={form}>
        <SingleRateFields form={form} currency={settings.currency} countries={countries} />
      </SettingsForm>
      <div className="settings apart">
        <Panel title="Shipping zones" action={<AddZone />}>
          <p>
            Use zones when the rate depends on the address, weight or subtotal, or to offer several methods or
            local pickup. A zone is a group of countries and regions with methods of its own. With the first
            zone, zones replace the rate and the countries above.
          </p>
        </Panel>
      </div>
    </>
  )
}

type SingleRate = MoneyFormat &
  Pick<
    Settings,
    'shippingLabel' | 'shippingRate' | 'shippingDaysMin' | 'shippingDaysMax' | 'shippingCountries'
  >

const singleRateValues = (settings: SingleRate): SingleRateValues => ({
  shippingLabel: settings.shippingLabel,
  shippingRate: toDecimal(settings.shippingRate, settings),
  shippingDaysMin: String(settings.shippingDaysMin),
  shippingDaysMax: String(settings.shippingDaysMax),
  shipsTo: settings.shippingCountries.length > 0 ? 'selected' : 'everywhere',
  shippingCountries: settings.shippingCountries,
})

function AddZone({ look = 'button' }: { look?: string }) {
  return (
    <Link className={look} to={urls.admin.newShippingZone()}>
      Add zone
    </Link>
  )
}

function Zones({ zones }: { zones: ShownZone[] }) {
  const servesAll = zones.some(({ isRestOfWorld }) => isRestOfWorld)
  return (
    <>
      <PageHead
        crumbs={[{ to: urls.admin.settings(), label: 'Settings' }]}
        title="Shipping"
        about="The zone of an address decides its methods and rates. The single rate and the list of countries are not used while there are zones."
      >
        <AddZone look="button button--primary" />
      </PageHead>
      <div className="settings">
        {zones.map((zone) => (
          <ZonePanel key={zone.id} zone={zone} />
        ))}
        {!servesAll && (
          <p className="soft apart">
            Addresses outside of these zones can’t check out. To serve them, add a zone for the rest of the
            world.
          </p>
        )}
      </div>
    </>
  )
}
