import { useActionData, useLoaderData } from '@remix-run/react'
import { revalidateForm } from '#app/components/admin/edit-form.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { SettingsForm } from '#app/components/admin/settings-form.tsx'
import { formFields } from '#app/components/form-fields.ts'
import { Picker } from '#app/components/picker.tsx'
import { currencyChoices, localeChoices, timeZoneChoices, withCurrent } from '#app/domain/settings/regions.ts'
import { regionSettings } from '#app/domain/settings/settings.schema.ts'
import { getSettings, isCurrencyFixed, sectionVersion } from '#app/domain/settings/settings.server.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import { settingsAction } from '#app/http/forms/settings-action.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'

export const handle = { access: 'settings' } satisfies RouteHandle

export const meta = () => adminMeta('Currency and region')

export async function loader() {
  const [found, isFixed] = await Promise.all([getSettings(), isCurrencyFixed()])
  const settings = orNotFound(found)
  // Named on the server: a browser may name a currency differently.
  return {
    settings,
    version: sectionVersion('region', settings),
    isFixed,
    currencies: currencyChoices(),
    locales: withCurrent(localeChoices(), settings.locale),
    timeZones: timeZoneChoices,
  }
}

export const action = settingsAction('region', () => regionSettings)

export const shouldRevalidate = revalidateForm

export default function RegionSettings() {
  const { settings, version, isFixed, currencies, locales, timeZones } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { currency, locale, timeZone } = settings
  const form = formFields({ id: 'settings', answer, values: { currency, locale, timeZone } })
  const { field } = form
  return (
    <SettingsForm key={version} title="Currency and region" version={version} form={form}>
      <Panel>
        <div className="fields">
          {isFixed ? (
            <div className="field">
              <span className="label">Currency</span>
              <span>{currencies.find(({ value }) => value === currency)?.label}</span>
              <input type="hidden" name="currency" value={currency} />
              <p className="field__hint">You can’t change the currency after your first order.</p>
            </div>
          ) : (
            <Picker
              {...field('currency')}
              label="Currency"
              hint="You can change it until your first order. Prices aren’t converted."
              choices={currencies}
            />
          )}
          <Picker
            {...field('locale')}
            label="Language and region"
            hint="Sets the format of prices and dates."
            choices={locales}
          />
          <Picker {...field('timeZone')} label="Time zone" choices={timeZones} />
        </div>
      </Panel>
    </SettingsForm>
  )
}
