import { Link } from '@remix-run/react'
import { DateTime } from '#app/components/date-time.tsx'
import type { OrderEventKind } from '#app/domain/orders/orders.ts'
import { emailKindLabels, emailStatusLabels } from '#app/domain/mail/mail.ts'
import { urls } from '#app/urls.ts'
import type { OrderPage } from './route.tsx'

const eventLabels = {
  placed: 'Order placed',
  paid: 'Payment recorded',
  fulfilled: 'Items shipped',
  canceled: 'Order canceled',
  note: 'Note',
  'email-sent': 'Email sent',
  authorized: 'Payment authorized',
  'payment-failed': 'Payment failed',
  'payment-review': 'Payment needs a review',
  refunded: 'Refunded',
  'refund-failed': 'Refund failed',
  voided: 'Payment voided',
  expired: 'Not paid in time',
  revived: 'Paid late, order restored',
  edited: 'Order edited',
  'shipment-canceled': 'Shipment canceled',
  delivered: 'Delivered',
  disputed: 'Payment disputed',
  'dispute-closed': 'Dispute closed',
  'return-requested': 'Return requested',
  'return-approved': 'Return approved',
  'return-declined': 'Return declined',
  'return-received': 'Return received',
  'return-canceled': 'Return canceled',
  'invoice-issued': 'Invoice issued',
  'credit-note-issued': 'Credit note issued',
  message: 'Message to the customer',
} satisfies Record<OrderEventKind, string>

/** The order's events, newest first, and its emails. */
export function Timeline({ events, emails }: OrderPage) {
  return (
    <>
      <ol className="timeline apart" role="list">
        {events.map((event) => (
          <li key={event.id} className={event.kind === 'note' ? 'timeline__note' : undefined}>
            <p className="timeline__words" dir="auto">
              {event.kind === 'note' ? event.detail : <b>{eventLabels[event.kind]}</b>}
              {event.kind !== 'note' && event.detail && `: ${event.detail}`}
            </p>
            <p className="timeline__when">
              <DateTime at={event.createdAt} />
              {event.by && `, ${event.by}`}
            </p>
          </li>
        ))}
      </ol>
      {emails.length > 0 && (
        <p className="soft small apart">
          Emails:{' '}
          {emails.map((email, index) => (
            <span key={email.id}>
              {index > 0 && ', '}
              <Link to={urls.admin.email(email.id)}>{emailKindLabels[email.kind].toLowerCase()}</Link> (
              {emailStatusLabels[email.status].toLowerCase()})
            </span>
          ))}
        </p>
      )}
    </>
  )
}
