import { CheckField } from '#app/components/admin/fields.tsx'
import { Panel } from '#app/components/admin/panel.tsx'
import { Thumbnail } from '#app/components/admin/thumbnail.tsx'
import { Field } from '#app/components/field.tsx'
import type { FieldProps } from '#app/components/form-fields.ts'
import { useMoney } from '#app/components/shop.ts'
import type { RefundAmounts } from '#app/domain/billing/refund-amounts.ts'
import type { refundRows } from './refund-values.ts'

type ItemForm = { field: (name: `lines[${number}].${'quantity' | 'restock'}`) => FieldProps }

/** A quantity for the units of each line, apart for those that were shipped. */
export function ItemFields({
  rows,
  form,
  amounts,
}: {
  rows: ReturnType<typeof refundRows>
  form: ItemForm
  amounts: RefundAmounts
}) {
  const money = useMoney()
  return (
    <Panel title="Items" flush>
      <ul className="lines lines--refund" role="list">
        {rows.map(({ line, isShipped, left, isOnly, isLast }, index) => (
          <li key={`${line.id} ${isShipped}`}>
            <span className="with-thumb">
              <Thumbnail image={line.image} />
              <span>
                <b dir="auto">{line.title}</b>
                <span className="sub" dir="auto">
                  {[line.variantTitle, line.sku].filter(Boolean).join(' · ')}
                </span>
                <span className="sub">{isShipped ? 'Shipped' : 'Not shipped'}</span>
                {line.restockable > 0 && (
                  <CheckField {...form.field(`lines[${index}].restock`)} label="Restock" />
                )}
              </span>
            </span>
            <span className="lines__quantity">
              {left} × {money(line.unitPrice)}
            </span>
            <div className="lines__refund">
              <input type="hidden" name={`lines[${index}].orderLineId`} value={line.id} />
              <input type="hidden" name={`lines[${index}].isShipped`} value={isShipped ? 'on' : ''} />
              <Field
                {...form.field(`lines[${index}].quantity`)}
                label={`Quantity of ${line.title}${isOnly ? '' : isShipped ? ', shipped' : ', not shipped'}`}
                hidesLabel
                type="number"
                min={0}
                max={left}
              />
              <span className="lines__amount">
                {isLast &&
                  money(amounts.lines.find(({ orderLineId }) => orderLineId === line.id)?.amount ?? 0)}
              </span>
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
