import { Link } from '@remix-run/react'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { ErrorSummary } from '#app/components/error-summary.tsx'
import { Field } from '#app/components/field.tsx'
import { type Constraint, formFields, type FormResponse, submittedOr } from '#app/components/form-fields.ts'
import { urls } from '#app/urls.ts'
import { EditForm, SaveBar } from './edit-form.tsx'
import { CheckField, ChoiceField, MoneyField, SelectField } from './fields.tsx'
import { Panel } from './panel.tsx'
import { TierRows } from './tier-rows.tsx'

export type MethodValues = {
  title: string
  isPickup: string
  priceBy: string
  rate: string
  weightUnit: string
  tiers: { from: string; below: string; rate: string }[]
  freeFrom: string
  daysMin: string
  daysMax: string
}

type Props = {
  action: string
  values: MethodValues
  version?: number
  maxTiers: number
  currency: string
  /** Where orders are picked up. */
  storeAddress: string
  constraint: Record<string, Constraint>
  answer: FormResponse | undefined
  /** The buttons. */
  children: React.ReactNode
}

type Form = ReturnType<typeof formFields<MethodValues>>

/** The form of a shipping method. The fields of other kinds are hidden by the stylesheet. */
export function MethodForm(props: Props) {
  const { action, values, version, constraint, answer, children } = props
  const form = formFields<MethodValues>({ id: 'method', answer, constraint, values })
  return (
    <EditForm method="post" action={action} answer={answer} className="method-form">
      <CsrfField />
      {version !== undefined && (
        <input type="hidden" name="version" value={submittedOr(answer, 'version', version)} />
      )}
      <ErrorSummary form={form} />
      <Panel title="Method">
        <div className="fields">
          <Field
            {...form.field('title')}
            label="Name"
            hint="Customers see it at checkout, such as “Standard delivery”."
            autoComplete="off"
          />
          <CheckField
            {...form.field('isPickup')}
            label="Local pickup"
            hint="Customers collect their order at your store’s address. They see the address at checkout."
          />
          <PickupAddress address={props.storeAddress} />
        </div>
      </Panel>
      <RatePanel form={form} currency={props.currency} maxTiers={props.maxTiers} />
      <Panel title="Time">
        <div className="fields fields--2">
          <Field {...form.field('daysMin')} label="Min. business days" type="number" />
          <Field {...form.field('daysMax')} label="Max. business days" type="number" />
        </div>
        <p className="soft small apart method-form__delivery">Until delivery. Customers see dates.</p>
        <p className="soft small apart method-form__pickup">
          Until the order is ready for pickup. 0 is the same day.
        </p>
      </Panel>
      <SaveBar>{children}</SaveBar>
    </EditForm>
  )
}

function PickupAddress({ address }: { address: string }) {
  if (address !== '')
    return (
      <p className="method-form__pickup method-form__address" dir="auto">
        {address}
      </p>
    )
  return (
    <p className="notice notice--warn method-form__pickup">
      <span>
        Your store has no address yet. Enter it in the{' '}
        <Link to={urls.admin.settings('general')}>general settings</Link>.
      </span>
    </p>
  )
}

function RatePanel({ form, currency, maxTiers }: { form: Form; currency: string; maxTiers: number }) {
  const { field } = form
  return (
    <Panel title="Rate">
      <div className="fields">
        <ChoiceField
          {...field('priceBy')}
          label="Calculated"
          choices={[
            { value: 'flat', label: 'Flat rate' },
            { value: 'weight', label: 'By weight', hint: 'Of all items that are shipped.' },
            { value: 'subtotal', label: 'By subtotal', hint: 'After discounts.' },
          ]}
        />
        <div className="fields fields--2 method-form__flat">
          <MoneyField {...field('rate')} label="Rate" currency={currency} hint="0 is free." />
        </div>
        <fieldset className="field method-form__tiers">
          <legend>Rates</legend>
          <p className="soft small">
            “Below” is not included: the row “from 0, below 2” ends where the row “from 2” begins. Orders
            without a row can’t use this method. Blank rows are ignored.
          </p>
          <div className="fields fields--3 method-form__weight">
            <SelectField
              {...field('weightUnit')}
              label="Unit of the weights"
              choices={[
                { value: 'kg', label: 'kg' },
                { value: 'g', label: 'g' },
              ]}
            />
          </div>
          <TierRows
            field={field}
            filled={form.list('tiers').length}
            most={maxTiers}
            currency={currency}
            error={form.answer?.errors.tiers?.[0]}
          />
        </fieldset>
        <div className="fields fields--2">
          <MoneyField
            {...field('freeFrom')}
            label="Free from"
            isOptional
            currency={currency}
            hint="Orders of at least this subtotal, after discounts."
          />
        </div>
      </div>
    </Panel>
  )
}
