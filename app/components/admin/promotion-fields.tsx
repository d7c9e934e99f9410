import { Field } from '#app/components/field.tsx'
import type { formFields } from '#app/components/form-fields.ts'
import { CheckField, ChoiceField, MoneyField } from './fields.tsx'
import { Panel } from './panel.tsx'
import type { PickedItems, PromotionFormProps, PromotionValues } from './promotion-form.tsx'
import { PromotionItemsField } from './promotion-items-field.tsx'

type Form = { form: ReturnType<typeof formFields<PromotionValues>> }
type BenefitProps = Form &
  Pick<PromotionFormProps, 'kind' | 'action' | 'collections' | 'currency'> & { items: PickedItems }

/** What the promotion takes off, and off what. */
export function BenefitPanels(props: BenefitProps) {
  if (props.kind === 'buy-x-get-y') return <SetPanels {...props} />
  const { kind, form, currency, items } = props
  return (
    <Panel title={kind === 'free-shipping' ? 'Free shipping' : 'Discount'}>
      <div className="fields">
        {kind === 'percent' && (
          <Field {...form.field('percent')} {...percentProps} label="Percentage" hint="Such as 20 or 12.5." />
        )}
        {kind === 'fixed' && (
          <MoneyField
            {...form.field('amount')}
            label="Amount"
            currency={currency}
            hint="Taken off once per order, at most down to 0."
          />
        )}
        {kind === 'free-shipping' && (
          <MoneyField
            {...form.field('maxRate')}
            label="Maximum shipping rate"
            isOptional
            currency={currency}
            hint="Shipping that costs more is not free. Empty for any rate."
          />
        )}
        <PromotionItemsField
          {...props}
          list="buy"
          label={kind === 'free-shipping' ? 'Orders that qualify' : 'Applies to'}
          allLabel={kind === 'free-shipping' ? 'Orders of any product' : 'All products'}
          chosen={items.chosen}
          found={items.found}
        />
      </div>
    </Panel>
  )
}

const percentProps = {
  unit: '%',
  inputMode: 'decimal',
  className: 'input--number',
  autoComplete: 'off',
} as const

const countProps = { inputMode: 'numeric', className: 'input--number', autoComplete: 'off' } as const

function SetPanels(props: BenefitProps) {
  const { form, items } = props
  return (
    <>
      <Panel title="Customers buy">
        <div className="fields">
          <Field {...form.field('buyQuantity')} {...countProps} label="Quantity" />
          <PromotionItemsField
            {...props}
            list="buy"
            label="Any items from"
            allLabel="All products"
            chosen={items.chosen}
            found={items.found}
          />
        </div>
      </Panel>
      <Panel title="Customers get">
        <div className="fields">
          <div className="fields fields--2">
            <Field {...form.field('getQuantity')} {...countProps} label="Quantity they get" />
            <Field {...form.field('percent')} {...percentProps} label="Percentage off" hint="100 is free." />
          </div>
          <PromotionItemsField
            {...props}
            list="get"
            label="Items they get"
            allLabel="All products"
            chosen={items.chosen}
            found={items.getFound}
          />
          <Field
            {...form.field('maxSets')}
            {...countProps}
            label="Maximum uses per order"
            isOptional
            hint="The items to get must be in the cart; the cheapest ones are discounted."
          />
        </div>
      </Panel>
    </>
  )
}

export function MinimumPanel({ form, kind, currency }: Form & Pick<PromotionFormProps, 'kind' | 'currency'>) {
  const counted = kind === 'buy-x-get-y' ? 'Counts the items to buy.' : 'Counts the products it applies to.'
  return (
    <Panel title="Minimum">
      <div className="fields minimum-fields">
        <ChoiceField
          {...form.field('minimum')}
          label="Minimum purchase"
          choices={[
            { value: 'none', label: 'None' },
            { value: 'quantity', label: 'Number of items' },
            { value: 'subtotal', label: 'Amount' },
          ]}
        />
        <div className="minimum-fields__quantity">
          <Field {...form.field('minQuantity')} {...countProps} label="Minimum items" hint={counted} />
        </div>
        <div className="minimum-fields__subtotal">
          <MoneyField
            {...form.field('minSubtotal')}
            label="Minimum amount"
            currency={currency}
            hint={`${counted} Before discounts.`}
          />
        </div>
      </div>
    </Panel>
  )
}

export function LimitsPanel({ form }: Form) {
  return (
    <Panel title="Limits">
      <div className="fields">
        <Field
          {...form.field('usageLimit')}
          {...countProps}
          label="Total uses"
          isOptional
          hint="Orders of all customers together. Canceled orders do not count."
        />
        <Field {...form.field('limitPerCustomer')} {...countProps} label="Uses per customer" isOptional />
        <CheckField
          {...form.field('isFirstOrderOnly')}
          label="First order only"
          hint="For customers without an earlier order."
        />
        <CheckField
          {...form.field('isCombinable')}
          label="Can be combined"
          hint="With other promotions that can be combined. Otherwise the better discount applies."
        />
      </div>
    </Panel>
  )
}

export function DatesPanel({ form, timeZone }: Form & Pick<PromotionFormProps, 'timeZone'>) {
  return (
    <Panel title="Period">
      <div className="fields">
        <Field {...form.field('startsAt')} label="Start" type="datetime-local" />
        <Field
          {...form.field('endsAt')}
          label="End"
          isOptional
          type="datetime-local"
          hint={`Time zone: ${timeZone}.`}
        />
      </div>
    </Panel>
  )
}
