import { useActionData, useLoaderData } from '@remix-run/react'
import { revalidateForm } from '#app/components/admin/edit-form.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { SettingsForm } from '#app/components/admin/settings-form.tsx'
import { TaxClassesPanel, TaxRatesPanel } from '#app/components/admin/tax-panels.tsx'
import { TaxSettingsFields, type TaxSettingsValues } from '#app/components/admin/tax-settings-fields.tsx'
import { formFields } from '#app/components/form-fields.ts'
import { taxSettings } from '#app/domain/settings/settings.schema.ts'
import { readSettings, sectionVersion, type Settings } from '#app/domain/settings/settings.server.ts'
import { isInEu } from '#app/domain/pricing/tax.ts'
import { listCountryChoices, listRegions, regionName } from '#app/domain/shipping/places.server.ts'
import { listTaxClasses } from '#app/domain/taxes/tax-classes.server.ts'
import { listTaxRates } from '#app/domain/taxes/tax-rates.server.ts'
import { constraintsOf } from '#app/http/forms/constraints.server.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import { settingsAction } from '#app/http/forms/settings-action.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'

export const handle = { access: 'settings' } satisfies RouteHandle

export const meta = () => adminMeta('Tax settings')

export async function loader() {
  // Read now: deleting a tax class changes the settings, too.
  const [found, classes, rates] = await Promise.all([readSettings(), listTaxClasses(), listTaxRates()])
  const settings = orNotFound(found)
  const { storeCountry } = settings
  return {
    values: valuesOf(settings),
    version: sectionVersion('taxes', settings),
    ...{ classes, rates, regions: listRegions(storeCountry), isInEu: isInEu(storeCountry) },
    countries: listCountryChoices('Not entered'),
    constraint: constraintsOf(taxSettings),
  }
}

const valuesOf = (settings: Settings): TaxSettingsValues => ({
  storeCountry: settings.storeCountry,
  storeRegion: regionName({ country: settings.storeCountry, region: settings.storeRegion }),
  prices: settings.pricesIncludeTax ? 'include' : 'exclude',
  taxLabel: settings.taxLabel,
  shippingTax:
    settings.shippingTax === 'class'
      ? String(settings.shippingTaxClassId ?? 'standard')
      : settings.shippingTax,
  allowsReverseCharge: settings.allowsReverseCharge ? 'on' : '',
})

export const action = settingsAction('taxes', () => taxSettings)

export const shouldRevalidate = revalidateForm

export default function TaxSettings() {
  const { values, version, classes, rates, constraint, ...places } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const form = formFields<TaxSettingsValues>({ id: 'settings', answer, constraint, values })
  return (
    <>
      <SettingsForm
        key={version}
        title="Taxes"
        about="Till calculates with the rates that you enter and doesn’t give tax advice. Ask a tax adviser which taxes you have to charge."
        version={version}
        form={form}
      >
        <TaxSettingsFields form={form} classes={classes} {...places} />
      </SettingsForm>
      <div className="settings apart">
        <TaxRatesPanel rates={rates} hasClasses={classes.length > 0} />
        <TaxClassesPanel classes={classes} />
      </div>
    </>
  )
}
