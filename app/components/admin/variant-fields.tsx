import { Field } from '#app/components/field.tsx'
import type { FieldProps } from '#app/components/form-fields.ts'
import { useMoney } from '#app/components/shop.ts'
import { weightUnits } from '#app/domain/weight.ts'
import { CheckField, MoneyField, SelectField } from './fields.tsx'
import { Panel } from './panel.tsx'

export type VariantFormValues = {
  price: string
  compareAtPrice: string
  cost: string
  sku: string
  barcode: string
  weight: string
  weightUnit: string
  trackStock: string
  allowBackorder: string
  requiresShipping: string
  taxable: string
}

type FieldOf = (name: keyof VariantFormValues) => FieldProps

export function PricePanel({
  field,
  currency,
  priorPrice,
  warning,
}: {
  field: FieldOf
  currency: string
  /** As from getPriorPriceForStaff. */
  priorPrice?: number | null
  /** What is unusual about the stored price. */
  warning?: string
}) {
  const money = useMoney()
  return (
    <Panel title="Price">
      {warning && <p className="notice notice--warn">{warning}</p>}
      <div className={warning ? 'fields fields--3 apart' : 'fields fields--3'}>
        <MoneyField
          {...field('price')}
          label="Price"
          currency={currency}
          hint="Leave empty if not for sale."
        />
        <MoneyField
          {...field('compareAtPrice')}
          label="Compare-at price"
          currency={currency}
          hint={compareAtHint(priorPrice, money)}
        />
        <MoneyField {...field('cost')} label="Cost" currency={currency} hint="Only staff see it." />
      </div>
      <div className="apart">
        <CheckField {...field('taxable')} label="Charge tax" />
      </div>
    </Panel>
  )
}

function compareAtHint(priorPrice: number | null | undefined, money: (amount: number) => string): string {
  if (priorPrice === undefined) return 'Original price, shown crossed out.'
  if (priorPrice === null) return 'Not shown: there was no price in the 30 days before this reduction.'
  return `Original price, shown crossed out. Lowest price of the 30 days before: ${money(priorPrice)}.`
}

export function CodeFields({ field }: { field: FieldOf }) {
  return (
    <>
      <Field {...field('sku')} label="SKU" isOptional autoComplete="off" />
      <Field {...field('barcode')} label="Barcode" isOptional autoComplete="off" />
    </>
  )
}

export function StockChecks({ field }: { field: FieldOf }) {
  return (
    <>
      <CheckField
        {...field('trackStock')}
        label="Track quantity"
        hint="Stop selling at zero. Untracked stock never runs out."
      />
      <CheckField
        {...field('allowBackorder')}
        label="Continue selling when out of stock"
        hint="Stock can go below zero."
      />
    </>
  )
}

export function ShippingPanel({ field }: { field: FieldOf }) {
  return (
    <Panel title="Shipping">
      <CheckField {...field('requiresShipping')} label="Physical product" />
      <div className="fields fields--3 apart">
        <Field {...field('weight')} label="Weight" inputMode="decimal" className="input--number" />
        <SelectField
          {...field('weightUnit')}
          label="Unit"
          choices={weightUnits.map((unit) => ({ value: unit, label: unit }))}
        />
      </div>
    </Panel>
  )
}
