import { Field } from '#app/components/field.tsx'
import type { FieldProps } from '#app/components/form-fields.ts'

const carriers = [
  'DHL',
  'DPD',
  'GLS',
  'Hermes',
  'UPS',
  'FedEx',
  'Royal Mail',
  'PostNL',
  'Österreichische Post',
  'USPS',
]

type TrackingForm = { field: (name: 'carrier' | 'trackingNumber' | 'trackingUrl') => FieldProps }

/** Carrier, tracking number and link of a shipment. */
export function TrackingFields({ form }: { form: TrackingForm }) {
  return (
    <div className="fields">
      <div className="fields fields--2">
        <Field {...form.field('carrier')} label="Carrier" isOptional list="carriers" autoComplete="off" />
        <Field {...form.field('trackingNumber')} label="Tracking number" isOptional autoComplete="off" />
      </div>
      <Field
        {...form.field('trackingUrl')}
        label="Tracking link"
        isOptional
        hint="Included in the shipping email. Starts with https://"
        type="url"
      />
      <datalist id="carriers">
        {carriers.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </div>
  )
}
