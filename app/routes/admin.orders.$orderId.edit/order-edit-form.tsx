import { Link } from '@remix-run/react'
import { EditForm, SaveBar } from '#app/components/admin/edit-form.tsx'
import { TextArea } from '#app/components/admin/fields.tsx'
import { Panel } from '#app/components/admin/panel.tsx'
import { Thumbnail } from '#app/components/admin/thumbnail.tsx'
import { typedVariants } from '#app/components/admin/typed-variants.ts'
import { VariantSearch } from '#app/components/admin/variant-search.tsx'
import { OrderSums } from '#app/components/admin/order-sums.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { ErrorSummary } from '#app/components/error-summary.tsx'
import { Field } from '#app/components/field.tsx'
import { type Constraint, formFields, type FormResponse, submittedOr } from '#app/components/form-fields.ts'
import { useMoney, useShop } from '#app/components/shop.ts'
import type { FoundVariant } from '#app/domain/products/find-variants.server.ts'
import type { OrderLine } from '#app/domain/orders/orders.server.ts'
import type { Totals } from '#app/domain/pricing/totals.ts'
import { urls } from '#app/urls.ts'
import { Difference } from './difference.tsx'

type Row = { quantity: string }
type Values = {
  lines: (Row & { orderLineId: string })[]
  added: (Row & { variantId: string })[]
  shipping: string
  reason: string
  q: string
}

export type EditAnswer = FormResponse & { found: FoundVariant[]; preview: Totals | null }

type Props = {
  page: {
    order: Totals & { id: number; version: number; shippingLabel: string; receivedTotal: number }
    lines: OrderLine[]
    shipping: string
    constraint: Record<string, Constraint>
  }
  result: EditAnswer | undefined
}

/** The lines with their quantities, a search for more, shipping, and the total that follows. */
export function OrderEditForm({ page, result }: Props) {
  const { order, lines, constraint } = page
  const shop = useShop()
  const form = formFields<Values>({
    id: 'edit',
    answer: result,
    constraint,
    values: {
      lines: lines.map((line) => ({ orderLineId: String(line.id), quantity: String(line.quantity) })),
      shipping: page.shipping,
    },
  })
  const preview = result?.preview ?? null
  return (
    <EditForm method="post" answer={result}>
      <CsrfField />
      {/* The first button of a form is the one that Enter presses. */}
      <button className="visually-hidden" name="update" value="on" tabIndex={-1} aria-hidden="true">
        Update total
      </button>
      <input type="hidden" name="version" value={submittedOr(result, 'version', order.version)} />
      <input type="hidden" name="shownTotal" value={(preview ?? order).total} />
      <ErrorSummary form={form} />
      <div className="columns">
        <div>
          <Panel title="Items" flush>
            <ul className="lines" role="list">
              {lines.map((line, index) => (
                <OrderedLine key={line.id} line={line} index={index} form={form} />
              ))}
            </ul>
          </Panel>
          <VariantSearch
            {...{ title: 'Add items', name: 'added', answer: result, rows: result?.found ?? [] }}
            form={{ field: (name) => form.field(name as 'q') }}
            typed={typedVariants(result?.typed.added)}
            labelOf={({ title }) => `Quantity of ${title} to add`}
          />
        </div>
        <div>
          <Panel title="Total">
            <Field
              {...form.field('shipping')}
              label={order.shippingLabel}
              hint={`Price of shipping in ${shop?.currency}.`}
              inputMode="decimal"
              autoComplete="off"
            />
            <div className="apart">
              <OrderSums totals={preview ?? order} totalLabel={preview ? 'New total' : 'Total'} />
              <Difference order={order} preview={preview} />
            </div>
            <button className="button apart" name="update" value="on">
              Update total
            </button>
          </Panel>
          <Panel>
            <TextArea
              {...form.field('reason')}
              label="Reason"
              isOptional
              hint="Shown to staff only."
              rows={2}
            />
          </Panel>
        </div>
      </div>
      <SaveBar>
        <button className="button button--primary" type="submit">
          Save changes
        </button>
        <Link className="button button--quiet" to={urls.admin.order(order.id)}>
          Back
        </Link>
      </SaveBar>
    </EditForm>
  )
}

type EditFields = ReturnType<typeof formFields<Values>>

function OrderedLine({ line, index, form }: { line: OrderLine; index: number; form: EditFields }) {
  const money = useMoney()
  return (
    <li>
      <span className="with-thumb">
        <Thumbnail image={line.image} />
        <span>
          <b dir="auto">{line.title}</b>
          <span className="sub" dir="auto">
            {[line.variantTitle, line.sku].filter(Boolean).join(' · ')}
          </span>
        </span>
      </span>
      <span className="lines__quantity">{money(line.unitPrice)}</span>
      <div>
        <input type="hidden" name={`lines[${index}].orderLineId`} value={line.id} />
        <Field
          {...form.field(`lines[${index}].quantity`)}
          label={`Quantity of ${line.title}`}
          hidesLabel
          type="number"
          min={0}
          max={999}
        />
      </div>
    </li>
  )
}
