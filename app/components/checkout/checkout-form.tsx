import { Form, useNavigation } from '@remix-run/react'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { ErrorSummary } from '#app/components/error-summary.tsx'
import { describe, FieldFrame } from '#app/components/field.tsx'
import { type FieldProps, formFields } from '#app/components/form-fields.ts'
import { useMoney } from '#app/components/shop.ts'
import type { Totals } from '#app/domain/pricing/totals.ts'
import type { Answer, Button, CheckoutPage, Quote } from './checkout-page.ts'
import { Contact, Delivery } from './contact-and-address.tsx'
import { DiscountCode } from './discount-code.tsx'
import { OrderTerms } from './order-terms.tsx'
import { PaymentChoices, ShippingChoices } from './shipping-and-payment.tsx'

export function CheckoutForm({
  page,
  quote,
  totals,
  answer,
  code,
  onChooseMethod,
  onUpdate,
}: {
  page: CheckoutPage
  quote: Quote
  /** With the chosen shipping method. */
  totals: Totals
  /** Submitted values take precedence over stored ones. */
  answer: Answer | undefined
  code: FieldProps
  onChooseMethod: (id: string) => void
  onUpdate: (form: HTMLFormElement, button: Button) => void
}) {
  const { action, isDraft, shippingMethod } = page
  const form = formFields<Record<string, unknown>>({ answer, values: { shippingMethod } })
  const money = useMoney()
  const isBusy = useNavigation().formAction === action
  const { cart, options } = quote
  return (
    <Form
      method="post"
      action={action}
      noValidate
      className="checkout__form"
      onSubmit={(event) => {
        const { submitter } = event.nativeEvent as SubmitEvent
        const button = updateOf(event.currentTarget, submitter)
        if (!button) return
        event.preventDefault()
        onUpdate(event.currentTarget, button)
      }}
      onChange={({ target, currentTarget }) => {
        if (changesTotals(target, 'SELECT') || isConsent(target)) onUpdate(currentTarget, totalsOnly)
      }}
      onBlur={({ target, currentTarget }) => {
        if (changesTotals(target, 'INPUT') || changesContact(target)) onUpdate(currentTarget, totalsOnly)
      }}
    >
      {/* The first button of a form is the one that Enter presses. */}
      <button className="visually-hidden" tabIndex={-1} aria-hidden="true">
        Place order
      </button>
      <CsrfField />
      <input type="hidden" name="checkoutKey" value={cart.checkoutKey} />
      <input type="hidden" name="shownTotal" value={totals.total} />
      {options.length > 1 && (
        <input
          type="hidden"
          name="shownTotals"
          value={options.map(({ id, totals: { total } }) => `${id}:${total}`).join(' ')}
        />
      )}
      <ErrorSummary form={form} />
      <Contact page={page} answer={answer} />
      <Delivery page={page} quote={quote} answer={answer} />
      <ShippingChoices quote={quote} field={form.field('shippingMethod')} onChoose={onChooseMethod} />
      <PaymentChoices quote={quote} field={form.field('payment')} total={totals.total} />
      {!isDraft && <DiscountCode quote={quote} field={code} />}
      <Note {...form.field('note')} />
      <div className="checkout__end">
        <button
          className="button button--primary button--large button--wide"
          aria-busy={isBusy}
          aria-disabled={!cart.isReady || options.length === 0 || undefined}
        >
          {isBusy ? 'Placing your order…' : `Place order · ${money(totals.total)}`}
        </button>
        <OrderTerms />
      </div>
    </Form>
  )
}

const totalsOnly: Button = { name: 'update', value: 'totals' }

/** What a submit asks for besides placing the order: a typed code is applied first. */
function updateOf(form: HTMLFormElement, submitter: HTMLElement | null): Button | null {
  if (submitter instanceof HTMLButtonElement && submitter.name)
    return { name: submitter.name, value: submitter.value }
  return new FormData(form).get('discountCode') ? { name: 'update', value: 'code' } : null
}

/** The totals depend on where the order goes and who buys it. */
function changesTotals(target: EventTarget, tag: 'SELECT' | 'INPUT'): boolean {
  const field = target as HTMLInputElement
  if (field.tagName !== tag || !['country', 'region', 'vatNumber'].includes(field.name)) return false
  return tag === 'SELECT' || field.value !== field.defaultValue
}

const isConsent = (target: EventTarget) => (target as HTMLInputElement).name === 'acceptsMarketing'

/** With consent, the address is stored for a reminder of the cart. */
function changesContact(target: EventTarget): boolean {
  const { name, form, value, defaultValue } = target as HTMLInputElement
  if (name !== 'email' || value === defaultValue) return false
  return form !== null && new FormData(form).has('acceptsMarketing')
}

function Note({ defaultValue, errors }: FieldProps) {
  const error = errors?.[0]
  return (
    <details className="fold" open={Boolean(defaultValue) || undefined}>
      <summary>Add a note to your order</summary>
      <FieldFrame id="note" label="Note" isOptional error={error}>
        <textarea
          id="note"
          name="note"
          maxLength={1000}
          rows={3}
          defaultValue={defaultValue}
          className="input"
          {...describe('note', { error })}
        />
      </FieldFrame>
    </details>
  )
}
