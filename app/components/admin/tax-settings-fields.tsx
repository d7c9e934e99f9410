import { Field } from '#app/components/field.tsx'
import type { formFields } from '#app/components/form-fields.ts'
import { CheckField, type Choice, ChoiceField, SelectField } from './fields.tsx'
import { Panel } from './panel.tsx'
import { PlaceFields } from './place-fields.tsx'

export type TaxSettingsValues = {
  storeCountry: string
  storeRegion: string
  prices: string
  taxLabel: string
  shippingTax: string
  allowsReverseCharge: string
}

/** What the store's taxes have in common: where it is, what prices contain, and how shipping is taxed. */
export function TaxSettingsFields({
  form: { field },
  classes,
  countries,
  regions,
  isInEu,
}: {
  form: ReturnType<typeof formFields<TaxSettingsValues>>
  classes: { id: number; title: string }[]
  countries: Choice[]
  regions: Choice[]
  /** Of the stored country. */
  isInEu: boolean
}) {
  return (
    <>
      <Panel title="Prices">
        <div className="fields">
          <ChoiceField
            {...field('prices')}
            label="Your prices"
            choices={[
              { value: 'include', label: 'Include tax', hint: 'The tax in them is shown at checkout.' },
              { value: 'exclude', label: 'Don’t include tax', hint: 'Tax is added at checkout.' },
            ]}
          />
          <div className="fields fields--2">
            <Field
              {...field('taxLabel')}
              label="Name of the tax"
              hint="What customers see, such as VAT, GST or Sales tax."
              autoComplete="off"
            />
            <SelectField
              {...field('shippingTax')}
              label="Tax on shipping"
              choices={[
                { value: 'none', label: 'Not taxed' },
                { value: 'goods', label: 'Like the goods in the order' },
                { value: 'standard', label: 'Standard rate' },
                ...classes.map(({ id, title }) => ({ value: String(id), label: `Rate of “${title}”` })),
              ]}
            />
          </div>
          <p className="soft small">Tax is added up per rate and rounded once.</p>
        </div>
      </Panel>
      <Panel title="Store location">
        <div className="fields">
          <PlaceFields
            country={field('storeCountry')}
            region={field('storeRegion')}
            countries={countries}
            regions={regions}
            regionHint="Its name or code, such as California or CA."
          />
          {isInEu && (
            <CheckField
              {...field('allowsReverseCharge')}
              label="Reverse charge"
              hint="Businesses in other EU countries that enter a VAT number at checkout pay no tax to you: they owe it themselves. Till checks the form of the number, not whether it exists."
            />
          )}
        </div>
      </Panel>
    </>
  )
}
