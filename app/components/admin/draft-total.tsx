import { Field } from '#app/components/field.tsx'
import { useMoney } from '#app/components/shop.ts'
import { refusalText } from '#app/domain/pricing/refusal-text.ts'
import type { DraftFields } from './draft-form.tsx'
import type { DraftTotals } from './draft-values.ts'
import { SelectField } from './fields.tsx'
import { OrderSums } from './order-sums.tsx'
import { Panel } from './panel.tsx'

/** Shipping method, codes, and what the order costs with them. */
export function DraftTotal({ form, quote }: { form: DraftFields; quote: DraftTotals | null }) {
  const money = useMoney()
  return (
    <Panel title="Total">
      <div className="fields">
        {quote && quote.options.length > 0 ? (
          <SelectField
            {...form.field('shippingMethod')}
            defaultValue={quote.optionId}
            // Other methods for another address.
            key={quote.options.map(({ id }) => id).join()}
            label="Shipping method"
            choices={quote.options.map(({ id, label, rate }) => ({
              value: id,
              label: `${label} · ${rate === 0 ? 'Free' : money(rate)}`,
            }))}
          />
        ) : (
          <input type="hidden" name="shippingMethod" value={form.field('shippingMethod').defaultValue} />
        )}
        <Field
          {...form.field('codes')}
          label="Discount codes"
          isOptional
          hint="Separate several codes with spaces."
          autoComplete="off"
          autoCapitalize="characters"
          maxLength={400}
        />
        {quote?.refused.map((refused) => (
          <p key={refused.code} className="notice notice--warn small">
            {refusalText(refused, money)}
          </p>
        ))}
        {quote?.options.length === 0 && (
          <p className="notice notice--warn small">The store doesn’t ship these items to this address.</p>
        )}
        {quote ? (
          <OrderSums totals={quote.totals} />
        ) : (
          <p className="soft small">Add items to see the total.</p>
        )}
        <div>
          <button className="button" name="update" value="on">
            Update total
          </button>
        </div>
      </div>
    </Panel>
  )
}
