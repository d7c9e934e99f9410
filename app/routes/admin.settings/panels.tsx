import { CheckField, MoneyField, SelectField, TextArea, TextField } from '#app/components/admin/fields.tsx'
import type { AnyField } from '#app/components/admin/form.tsx'
import { Panel } from '#app/components/admin/panel.tsx'
import { urls } from '#app/urls.ts'

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

type Props = { fields: Record<keyof SettingsValues, AnyField> }

export function IdentityPanel({ fields }: Props) {
  return (
    <Panel title="Store">
      <div className="fields">
        <TextField field={fields.shopName} label="Name" autoComplete="organization" />
        <TextField
          field={fields.tagline}
          label="Tagline (optional)"
          hint="One sentence below the name on the home page."
        />
        <TextField
          field={fields.accentColor}
          label="Accent color"
          type="color"
          className="swatch"
          hint="Used for buttons; adjusted for contrast."
        />
        <div className="fields fields--2">
          <TextField
            field={fields.orderPrefix}
            label="Order prefix (optional)"
            hint="Prefix for order numbers: #1001."
          />
          <TextField
            field={fields.lowStockThreshold}
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
  fields,
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
            field={fields.currency}
            label="Currency"
            hint="You can change it until your first order. Prices aren’t converted."
            choices={currencies.map(({ code, name }) => ({ value: code, label: `${code} · ${name}` }))}
          />
        )}
        <div className="fields fields--2">
          <TextField
            field={fields.locale}
            label="Language and region"
            hint="Sets the format of prices and dates: en-GB, de-AT, ja."
            autoComplete="off"
            spellCheck={false}
          />
          <SelectField
            field={fields.timeZone}
            label="Time zone"
            choices={timeZones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
          />
        </div>
      </div>
    </Panel>
  )
}

export function ContactPanel({ fields }: Props) {
  return (
    <Panel title="Contact">
      <div className="fields">
        <div className="fields fields--2">
          <TextField
            field={fields.contactEmail}
            label="Email"
            type="email"
            hint="Reply-to address for emails."
          />
          <TextField field={fields.contactPhone} label="Phone (optional)" type="tel" />
        </div>
        <TextArea
          field={fields.contactAddress}
          label="Address (optional)"
          hint="Shown in the footer and in emails."
          rows={3}
        />
      </div>
    </Panel>
  )
}

export function DeliveryPanel({ fields, currency }: Props & { currency: string }) {
  return (
    <Panel title="Shipping">
      <div className="fields">
        <div className="fields fields--2">
          <TextField field={fields.shippingLabel} label="Name" />
          <MoneyField
            field={fields.shippingRate}
            label="Rate"
            currency={currency}
            hint="One rate for every order; 0 is free."
          />
        </div>
        <div className="fields fields--2">
          <TextField
            field={fields.shippingDaysMin}
            label="Min. business days"
            type="number"
            min={0}
            max={90}
          />
          <TextField
            field={fields.shippingDaysMax}
            label="Max. business days"
            type="number"
            min={0}
            max={90}
            hint="Shown as dates."
          />
        </div>
        <TextField
          field={fields.shippingCountries}
          label="Countries (optional)"
          hint="Two-letter codes, such as DE AT CH. Leave empty for all countries."
          autoComplete="off"
          spellCheck={false}
        />
      </div>
    </Panel>
  )
}

export function PaymentPanel({ fields }: Props) {
  return (
    <Panel title="Payment">
      <div className="fields">
        <CheckField
          field={fields.acceptsBankTransfer}
          label="Bank transfer"
          hint="Mark the order as paid when payment arrives."
        />
        <TextArea
          field={fields.bankDetails}
          label="Bank details (optional)"
          hint="Shown on the order page and in emails: account holder, IBAN, bank."
          rows={4}
        />
        <CheckField field={fields.acceptsCashOnDelivery} label="Cash on delivery" />
      </div>
    </Panel>
  )
}

export function StaffPanel({
  fields,
  withoutTwoFactor,
  hasTwoFactor,
}: Props & { withoutTwoFactor: number; hasTwoFactor: boolean }) {
  const people = withoutTwoFactor === 1 ? '1 staff member has' : `${withoutTwoFactor} staff members have`
  return (
    <Panel title="Staff">
      <div className="fields">
        <CheckField
          field={fields.staffNeedTwoFactor}
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
