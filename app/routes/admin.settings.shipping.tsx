import { useActionData, useLoaderData } from '@remix-run/react'
import { MoneyField } from '#app/components/admin/fields.tsx'
import { CountryChecklist } from '#app/components/admin/country-checklist.tsx'
import { revalidateForm } from '#app/components/admin/edit-form.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { SettingsForm } from '#app/components/admin/settings-form.tsx'
import { Field } from '#app/components/field.tsx'
import { formFields } from '#app/components/form-fields.ts'
import { toDecimal } from '#app/domain/money.ts'
import { shippingSettings } from '#app/domain/settings/settings.schema.ts'
import { getSettings, sectionVersion } from '#app/domain/settings/settings.server.ts'
import { listCountries } from '#app/domain/shipping/countries.ts'
import { constraintsOf } from '#app/http/forms/constraints.server.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import { settingsAction } from '#app/http/forms/settings-action.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'

export const handle = { access: 'settings' } satisfies RouteHandle

export const meta = () => adminMeta('Shipping settings')

export async function loader() {
  const settings = orNotFound(await getSettings())
  return {
    settings,
    version: sectionVersion('shipping', settings),
    countries: listCountries([], 'en'),
    constraint: constraintsOf(shippingSettings(settings)),
  }
}

export const action = settingsAction('shipping', shippingSettings)

export const shouldRevalidate = revalidateForm

export default function ShippingSettings() {
  const { settings, version, countries, constraint } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const form = formFields({
    id: 'settings',
    answer,
    constraint,
    values: {
      shippingLabel: settings.shippingLabel,
      shippingRate: toDecimal(settings.shippingRate, settings),
      shippingDaysMin: String(settings.shippingDaysMin),
      shippingDaysMax: String(settings.shippingDaysMax),
      shipsTo: settings.shippingCountries.length > 0 ? 'selected' : 'everywhere',
      shippingCountries: settings.shippingCountries,
    },
  })
  const { field } = form
  return (
    <SettingsForm key={version} title="Shipping" version={version} form={form}>
      <Panel title="Shipping method">
        <div className="fields">
          <div className="fields fields--2">
            <Field {...field('shippingLabel')} label="Name" />
            <MoneyField
              {...field('shippingRate')}
              label="Rate"
              currency={settings.currency}
              hint="One rate for every order; 0 is free."
            />
          </div>
          <div className="fields fields--2">
            <Field {...field('shippingDaysMin')} label="Min. business days" type="number" />
            <Field
              {...field('shippingDaysMax')}
              label="Max. business days"
              type="number"
              hint="Shown as dates."
            />
          </div>
        </div>
      </Panel>
      <Panel title="Countries you ship to">
        <CountryChecklist
          shipsTo={field('shipsTo')}
          field={field('shippingCountries')}
          chosen={form.list('shippingCountries')}
          countries={countries}
        />
      </Panel>
    </SettingsForm>
  )
}
