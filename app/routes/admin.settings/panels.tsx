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
    <Panel title="The shop">
      <div className="fields">
        <TextField field={fields.shopName} label="Name" autoComplete="organization" />
        <TextField
          field={fields.tagline}
          label="Tagline (optional)"
          hint="One sentence below the name, on the first page."
        />
        <TextField
          field={fields.accentColor}
          label="Accent colour"
          type="color"
          className="swatch"
          hint="Buttons and marks. Where it would be hard to read, the shop darkens or lightens it."
        />
        <div className="fields fields--2">
          <TextField
            field={fields.orderPrefix}
            label="Order prefix (optional)"
            hint="Stands before the number: #1001."
          />
          <TextField
            field={fields.lowStockThreshold}
            label="Low stock"
            type="number"
            min={0}
            max={1000}
            hint="At this number and below, shoppers read “Only 3 left”."
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
    <Panel title="Money, language, time">
      <div className="fields">
        {fixed ? (
          <div className="field">
            <span className="label">Currency</span>
            <span>
              {currencies.find(({ code }) => code === fixed)?.name} ({fixed})
            </span>
            <input type="hidden" name="currency" value={fixed} />
            <p className="field__hint">
              Fixed since the first order: its amounts would mean something else in another currency.
            </p>
          </div>
        ) : (
          <SelectField
            field={fields.currency}
            label="Currency"
            hint="Can be changed until the first order. Prices keep their numbers."
            choices={currencies.map(({ code, name }) => ({ value: code, label: `${code} · ${name}` }))}
          />
        )}
        <div className="fields fields--2">
          <TextField
            field={fields.locale}
            label="Language and region"
            hint="How amounts and dates are written: en-GB, de-AT, ja."
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
            label="E-mail"
            type="email"
            hint="Answers to the shop’s mails go there."
          />
          <TextField field={fields.contactPhone} label="Phone (optional)" type="tel" />
        </div>
        <TextArea
          field={fields.contactAddress}
          label="Address (optional)"
          hint="In the foot of the shop and of mails."
          rows={3}
        />
      </div>
    </Panel>
  )
}

export function DeliveryPanel({ fields, currency }: Props & { currency: string }) {
  return (
    <Panel title="Delivery">
      <div className="fields">
        <div className="fields fields--2">
          <TextField field={fields.shippingLabel} label="What it is called" />
          <MoneyField
            field={fields.shippingRate}
            label="What it costs"
            currency={currency}
            hint="One price for every order; 0 is free."
          />
        </div>
        <div className="fields fields--2">
          <TextField
            field={fields.shippingDaysMin}
            label="Working days, at least"
            type="number"
            min={0}
            max={90}
          />
          <TextField
            field={fields.shippingDaysMax}
            label="Working days, at most"
            type="number"
            min={0}
            max={90}
            hint="Shoppers see dates instead."
          />
        </div>
        <TextField
          field={fields.shippingCountries}
          label="Countries (optional)"
          hint="Two-letter codes, such as DE AT CH. Empty means everywhere."
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
          hint="You mark the order as paid when the money is here."
        />
        <TextArea
          field={fields.bankDetails}
          label="Bank details (optional)"
          hint="Shown on the receipt and in the mail: account holder, IBAN, bank."
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
  const people = withoutTwoFactor === 1 ? 'One person has' : `${withoutTwoFactor} people have`
  return (
    <Panel title="Staff">
      <div className="fields">
        <CheckField
          field={fields.staffNeedTwoFactor}
          label="Staff need a second factor"
          hint={
            withoutTwoFactor === 0
              ? 'Everybody has one. Newcomers set theirs up before anything else.'
              : `${people} none yet: their next page is the one that sets it up, and nothing else opens before.`
          }
        />
        {!hasTwoFactor && (
          <p>
            You have none yourself, and would be the first to be sent there.{' '}
            <a href={urls.account.twoFactor()}>Set yours up</a>, then switch this on.
          </p>
        )}
      </div>
    </Panel>
  )
}
