import { Link } from '@remix-run/react'
import { useState } from 'react'
import { EditForm, SaveBar } from '#app/components/admin/edit-form.tsx'
import { MoneyField, TextArea } from '#app/components/admin/fields.tsx'
import { Panel } from '#app/components/admin/panel.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { ErrorSummary } from '#app/components/error-summary.tsx'
import { type FieldProps, formFields, type FormResponse, submittedOr } from '#app/components/form-fields.ts'
import { useCurrency, useMoney, useShop } from '#app/components/shop.ts'
import { toDecimal } from '#app/domain/money.ts'
import { urls } from '#app/urls.ts'
import { ItemFields } from './item-fields.tsx'
import { RefundTotal } from './refund-total.tsx'
import { amountsOf, initialValues, refundRows, type RefundValues, typedIn } from './refund-values.ts'
import type { RefundPage } from './route.tsx'

/** Quantities and amounts to refund. The total follows what is typed; without JavaScript after "Update". */
export function RefundForm({ page, answer }: { page: RefundPage; answer: FormResponse | undefined }) {
  const { order, lines, returned, constraint } = page
  const [money, currency, shop] = [useMoney(), useCurrency(), useShop()]
  const values = initialValues(page)
  const [latest, setLatest] = useState<{ answer?: FormResponse; typed: Record<string, unknown> } | null>(null)
  const typed = latest && latest.answer === answer ? latest.typed : (answer?.typed ?? values)
  const amounts = amountsOf(typed, page, currency)
  const form = formFields<RefundValues>({ id: 'refund', answer, constraint, values })
  const rows = refundRows(lines)
  return (
    <div
      onInput={({ target }) => {
        const { form: own } = target as HTMLInputElement
        if (own) setLatest({ answer, typed: typedIn(own) })
      }}
    >
      <EditForm method="post" answer={answer}>
        <CsrfField />
        <input type="hidden" name="version" value={submittedOr(answer, 'version', order.version)} />
        <input type="hidden" name="returnId" value={submittedOr(answer, 'returnId', returned?.id ?? '')} />
        <input type="hidden" name="shownAmount" value={amounts.amount} />
        <ErrorSummary form={form} />
        {rows.length > 0 && <ItemFields rows={rows} form={form} amounts={amounts} />}
        <AmountFields page={page} form={form} />
        <RefundTotal page={page} amounts={amounts} />
        <SaveBar
          note={
            shop?.sendsEmail
              ? `${order.email} will be emailed.`
              : `No email is sent to ${order.email}, because no email service is set up.`
          }
        >
          <button className="button button--primary" type="submit">
            Refund {money(amounts.amount)}
          </button>
          <noscript>
            <button className="button" type="submit" name="update" value="on">
              Update
            </button>
          </noscript>
          <Link className="button button--quiet" to={urls.admin.order(order.id)}>
            Back
          </Link>
        </SaveBar>
      </EditForm>
    </div>
  )
}

type AmountForm = { field: (name: 'shipping' | 'extra' | 'reason') => FieldProps }

function AmountFields({ page: { left }, form }: { page: RefundPage; form: AmountForm }) {
  const currency = useCurrency()
  return (
    <Panel title="Amounts">
      <div className="fields">
        <div className="fields fields--2">
          {left.shipping > 0 && (
            <MoneyField
              {...form.field('shipping')}
              label="Shipping"
              isOptional
              currency={currency.currency}
              hint={`Up to ${toDecimal(left.shipping, currency)}`}
            />
          )}
          <MoneyField
            {...form.field('extra')}
            label="Other amount"
            isOptional
            currency={currency.currency}
            hint="In addition to items and shipping."
          />
        </div>
        <TextArea
          {...form.field('reason')}
          label="Reason"
          isOptional
          hint="Shown in the timeline to staff only."
          rows={2}
        />
      </div>
    </Panel>
  )
}
