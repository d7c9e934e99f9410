import { Form } from '@remix-run/react'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { type ReturnState, returnStateLabels } from '#app/domain/orders/order-states.ts'
import { urls } from '#app/urls.ts'

export type ShownReturn = {
  id: number
  state: ReturnState
  on: string
  answer: string
  lines: { orderLineId: number; quantity: number; title: string; variantTitle: string }[]
}

/** What the customer can expect next. */
const hints: Partial<Record<ReturnState, string>> = {
  requested: 'We’ll answer your request soon. Keep the items until then.',
  approved: 'Please send the items back to us.',
  received: 'We received the items. Your refund follows.',
}

/** The order's returns with the store's answers; those that have not arrived can be withdrawn. */
export function Returns({ token, returns }: { token: string; returns: ShownReturn[] }) {
  if (returns.length === 0) return null
  return (
    <section aria-labelledby="returns">
      <h2 id="returns">Returns</h2>
      <ul className="receipt__parts" role="list">
        {returns.map((one) => (
          <li key={one.id}>
            <p>
              <strong>{returnStateLabels[one.state]}</strong>, {one.on}
            </p>
            <p className="soft small" dir="auto">
              {one.lines
                .map(
                  ({ quantity, title, variantTitle }) =>
                    `${quantity} × ${[title, variantTitle].filter(Boolean).join(', ')}`,
                )
                .join(' · ')}
            </p>
            {hints[one.state] && <p>{hints[one.state]}</p>}
            {one.answer && (
              <p className="receipt__bank" dir="auto">
                {one.answer}
              </p>
            )}
            {(one.state === 'requested' || one.state === 'approved') && (
              <Form method="post" action={urls.withdrawReturn(token, one.id)} className="no-print">
                <CsrfField />
                <button className="link-button">Withdraw return</button>
              </Form>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
