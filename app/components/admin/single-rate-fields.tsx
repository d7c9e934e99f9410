import { Field } from '#app/components/field.tsx'
import type { formFields } from '#app/components/form-fields.ts'
import type { Country } from '#app/domain/shipping/countries.ts'
import { CountryChecklist } from './country-checklist.tsx'
import { MoneyField } from './fields.tsx'
import { Panel } from './panel.tsx'

export type SingleRateValues = {
  shippingLabel: string
  shippingRate: string
  shippingDaysMin: string
  shippingDaysMax: string
  shipsTo: string
  shippingCountries: string[]
}

/** The one shipping method of a store without zones, and the countries that it ships to. */
export function SingleRateFields({
  form,
  currency,
  countries,
}: {
  form: ReturnType<typeof formFields<SingleRateValues>>
  currency: string
  countries: readonly Country[]
}) {
  const { field } = form
  return (
    <>
      <Panel title="Shipping method">
        <div className="fields">
          <div className="fields fields--2">
            <Field {...field('shippingLabel')} label="Name" />
            <MoneyField
              {...field('shippingRate')}
              label="Rate"
              currency={currency}
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
    </>
  )
}
