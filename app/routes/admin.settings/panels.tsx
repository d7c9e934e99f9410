import { CheckField, MoneyField, SelectField, TextArea } from '#app/components/admin/fields.tsx'
import { Field } from '#app/components/field.tsx'
import type { FieldProps } from '#app/components/form-fields.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { urls } from '#app/urls.ts'
import { formatCount } from '#app/domain/intl.ts'

export type SettingsValues = {
  shopName: string
  tagline: string
  currency: string
  locale: string
  timeZone: string
  orderPrefix: string
  contactEmail: string
  contactPhone: string
  contactAddress: string
  accentColor: string
  shippingLabel: string
  shippingRate: string
  shippingDaysMin: string
  shippingDaysMax: string
  shippingCountries: string
  acceptsBankTransfer: string
  acceptsCashOnDelivery: string
  bankDetails: string
  lowStockThreshold: string
  staffNeedTwoFactor: string
}

type Props = { field: (name: keyof SettingsValues) => FieldProps }

export function IdentityPanel({ field }: Props) {
  return (
    <Panel title="Store">
      <div className="fields">
        <Field {...field('shopName')} label="Name" autoComplete="organization" />
        <Field
          {...field('tagline')}
          label="Tagline"
          isOptional
          hint="One sentence below the name on the home page."
        />
        <Field
          {...field('accentColor')}
          label="Accent color"
          type="color"
          className="swatch"
          hint="Used for buttons; adjusted for contrast."
        />
        <div className="fields fields--2">
          <Field
            {...field('orderPrefix')}
            label="Order prefix"
            isOptional
            hint="Prefix for order numbers: #1001."
          />
          <Field
            {...field('lowStockThreshold')}
            label="Low stock"
            type="number"
            min={0}
            max={1000}
            hint="At this number and below, customers see “Only 3 left”."
          />
        </div>
      </div>
    </Panel>
  )
}

export function RegionPanel({
  field,
  currencies,
  timeZones,
  fixed,
}: Props & { currencies: { code: string; name: string }[]; timeZones: string[]; fixed: string | null }) {
  return (
    <Panel title="Currency and region">
      <div className="fields">
        {fixed ? (
          <div className="field">
            <span className="label">Currency</span>
            <span>
              {currencies.find(({ code }) => code === fixed)?.name} ({fixed})
            </span>
            <input type="hidden" name="currency" value={fixed} />
            <p className="field__hint">You can’t change the currency after your first order.</p>
          </div>
        ) : (
          <SelectField
            {...field('currency')}
            label="Currency"
            hint="You can change it until your first order. Prices aren’t converted."
            choices={currencies.map(({ code, name }) => ({ value: code, label: `${code} · ${name}` }))}
          />
        )}
        <div className="fields fields--2">
          <Field
            {...field('locale')}
            label="Language and region"
            hint="Sets the format of prices and dates: en-GB, de-AT, ja."
            autoComplete="off"
            spellCheck={false}
          />
          <SelectField
            {...field('timeZone')}
            label="Time zone"
            choices={timeZones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
          />
        </div>
      </div>
    </Panel>
  )
}

export function ContactPanel({ field }: Props) {
  return (
    <Panel title="Contact">
      <div className="fields">
        <div className="fields fields--2">
          <Field {...field('contactEmail')} label="Email" type="email" hint="Reply-to address for emails." />
          <Field {...field('contactPhone')} label="Phone" isOptional type="tel" />
        </div>
        <TextArea
          {...field('contactAddress')}
          label="Address"
          isOptional
          hint="Shown in the footer and in emails."
          rows={3}
        />
      </div>
    </Panel>
  )
}

export function DeliveryPanel({ field, currency }: Props & { currency: string }) {
  return (
    <Panel title="Shipping">
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
          <Field {...field('shippingDaysMin')} label="Min. business days" type="number" min={0} max={90} />
          <Field
            {...field('shippingDaysMax')}
            label="Max. business days"
            type="number"
            min={0}
            max={90}
            hint="Shown as dates."
          />
        </div>
        <Field
          {...field('shippingCountries')}
          label="Countries"
          isOptional
          hint="Two-letter codes, such as DE AT CH. Leave empty for all countries."
          autoComplete="off"
          spellCheck={false}
        />
      </div>
    </Panel>
  )
}

export function PaymentPanel({ field }: Props) {
  return (
    <Panel title="Payment">
      <div className="fields">
        <CheckField
          {...field('acceptsBankTransfer')}
          label="Bank transfer"
          hint="Mark the order as paid when payment arrives."
        />
        <TextArea
          {...field('bankDetails')}
          label="Bank details"
          isOptional
          hint="Shown on the order page and in emails: account holder, IBAN, bank."
          rows={4}
        />
        <CheckField {...field('acceptsCashOnDelivery')} label="Cash on delivery" />
      </div>
    </Panel>
  )
}

export function StaffPanel({
  field,
  withoutTwoFactor,
  hasTwoFactor,
}: Props & { withoutTwoFactor: number; hasTwoFactor: boolean }) {
  const people = formatCount(withoutTwoFactor, 'staff member has', 'staff members have')
  return (
    <Panel title="Staff">
      <div className="fields">
        <CheckField
          {...field('staffNeedTwoFactor')}
          label="Require two-factor authentication for staff"
          hint={
            withoutTwoFactor === 0
              ? 'All staff have set it up. New staff must set it up at first sign-in.'
              : `${people} not set it up yet and must do so at next sign-in.`
          }
        />
        {!hasTwoFactor && (
          <p>
            You haven’t set it up yourself yet. <a href={urls.account.twoFactor()}>Set up</a>, then turn this
            on.
          </p>
        )}
      </div>
    </Panel>
  )
}
