import { Link } from '@remix-run/react'
import { Moment } from '#app/components/moment.tsx'
import type { OrderEventKind } from '#app/domain/orders/orders.ts'
import { mailKindText, mailStatusText } from '#app/domain/mail/mail.ts'
import { urls } from '#app/urls.ts'
import type { OrderPage } from './route.tsx'

const words = {
  placed: 'Order placed',
  paid: 'Payment booked',
  fulfilled: 'Items sent',
  cancelled: 'Order cancelled',
  note: 'Note',
  'mail-sent': 'Mail sent',
} satisfies Record<OrderEventKind, string>

/** What happened to the order, newest first, and the mails about it. */
export function Timeline({ events, mails }: OrderPage) {
  return (
    <>
      <ol className="timeline apart" role="list">
        {events.map((event) => (
          <li key={event.id} className={event.kind === 'note' ? 'timeline__note' : undefined}>
            <p className="timeline__words" dir="auto">
              {event.kind === 'note' ? event.detail : <b>{words[event.kind]}</b>}
              {event.kind !== 'note' && event.detail && `: ${event.detail}`}
            </p>
            <p className="timeline__when">
              <Moment at={event.createdAt} />
              {event.by && `, ${event.by}`}
            </p>
          </li>
        ))}
      </ol>
      {mails.length > 0 && (
        <p className="soft small apart">
          Mails:{' '}
          {mails.map((mail, index) => (
            <span key={mail.id}>
              {index > 0 && ', '}
              <Link to={urls.admin.mail(mail.id)}>{mailKindText[mail.kind].toLowerCase()}</Link> (
              {mailStatusText[mail.status].toLowerCase()})
            </span>
          ))}
        </p>
      )}
    </>
  )
}
