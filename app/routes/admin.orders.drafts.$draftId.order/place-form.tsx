import { Form, Link, useNavigation } from '@remix-run/react'
import { noticeText } from '#app/components/admin/draft-values.ts'
import { ChoiceField } from '#app/components/admin/fields.tsx'
import { OrderSums } from '#app/components/admin/order-sums.tsx'
import { Panel } from '#app/components/admin/panel.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { ErrorSummary } from '#app/components/error-summary.tsx'
import { Field } from '#app/components/field.tsx'
import { formFields, type FormResponse } from '#app/components/form-fields.ts'
import { useMoney } from '#app/components/shop.ts'
import { urls } from '#app/urls.ts'
import type { PlacePage } from './route.tsx'

const hints = {
  'bank-transfer': 'The confirmation email has the bank details.',
  'cash-on-delivery': 'The customer pays on delivery.',
  stripe:
    'The customer pays on the page of the order. Its link is in the confirmation email and on the order.',
  none: '',
}

type Values = { payment: string; reference: string }

/** What becomes the order, and how it is paid. */
export function PlaceForm({ page, answer }: { page: PlacePage; answer: FormResponse | undefined }) {
  const { draft, totals, payments, shipTo, shippingLabel, isReady } = page
  const money = useMoney()
  const isBusy = useNavigation().state !== 'idle'
  const form = formFields<Values>({
    answer,
    values: { payment: payments[0]?.id ?? 'paid' },
  })
  return (
    <Form method="post">
      <CsrfField />
      <input type="hidden" name="checkoutKey" value={page.checkoutKey} />
      <input type="hidden" name="shownTotal" value={page.shownTotal} />
      <ErrorSummary form={form} />
      <div className="columns">
        <div>
          <Items page={page} />
          <Payment page={page} form={form} />
        </div>
        <div>
          <Panel title="Customer">
            <p>{draft.email}</p>
            {draft.phone && <p>{draft.phone}</p>}
            <address className="address apart" dir="auto">
              {shipTo.join('\n')}
            </address>
          </Panel>
          <Panel title="Total">
            {totals && <OrderSums totals={totals} />}
            {shippingLabel === null && (
              <p className="notice notice--warn small apart">
                The store doesn’t ship these items to this address.
              </p>
            )}
          </Panel>
        </div>
      </div>
      <div className="row-of-actions apart">
        <button
          className="button button--primary"
          aria-disabled={!isReady || shippingLabel === null || undefined}
          aria-busy={isBusy}
        >
          {`Create order · ${money(page.shownTotal)}`}
        </button>
        <Link className="button button--quiet" to={urls.admin.draft(draft.id)}>
          Back to draft
        </Link>
      </div>
    </Form>
  )
}

function Items({ page: { lines } }: { page: PlacePage }) {
  const money = useMoney()
  return (
    <Panel title="Items" flush>
      <ul className="lines" role="list">
        {lines.map((line) => (
          <li key={line.variantId}>
            <span>
              <b dir="auto">{line.title}</b>
              <span className="sub" dir="auto">
                {[line.variantTitle, line.sku].filter(Boolean).join(' · ')}
              </span>
              {line.notices.length > 0 && (
                <span className="lines__warning">
                  {line.notices.map((notice) => noticeText(notice, money)).join('. ')}
                </span>
              )}
            </span>
            <span className="lines__quantity">
              {line.quantity} × {line.unitPrice === null ? '–' : money(line.unitPrice)}
            </span>
            <span className="lines__amount">{money(line.lineTotal)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function Payment({
  page: { payments, shownTotal },
  form,
}: {
  page: PlacePage
  form: ReturnType<typeof formFields<Values>>
}) {
  if (shownTotal === 0)
    return (
      <Panel title="Payment">
        <p>Nothing to pay.</p>
        <input type="hidden" name="payment" value="none" />
      </Panel>
    )
  return (
    <Panel title="Payment">
      <div className="fields">
        <ChoiceField
          {...form.field('payment')}
          label="How the order is paid"
          choices={[
            ...payments.map(({ id, label }) => ({
              value: id,
              label: id === 'stripe' ? 'Payment link' : label,
              hint: hints[id],
            })),
            { value: 'paid', label: 'Already paid', hint: 'Records that you received the total.' },
          ]}
        />
        <Field
          {...form.field('reference')}
          label="Reference of the payment"
          isOptional
          hint="If it is already paid, for example “Cash in the store”. Shown to staff only."
          maxLength={120}
          autoComplete="off"
        />
      </div>
    </Panel>
  )
}
