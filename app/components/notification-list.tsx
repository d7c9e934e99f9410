import { Form } from '@remix-run/react'
import type { Notification } from '#app/domain/notifications/notifications.server.ts'
import {
  type Audience,
  groupNotifications,
  groupText,
  type NotificationKind,
} from '#app/domain/notifications/notifications.ts'
import { urls } from '#app/urls.ts'
import { CsrfField } from './csrf-field.tsx'
import { DateTime } from './date-time.tsx'

type Listed = { notifications: Notification[]; audience: Audience }

/**
 * Notifications, newest first, several of one kind as one group. Opening one marks it as read, so each is a small form
 * and not a link: a GET changes nothing.
 */
export function NotificationList({ notifications, audience }: Listed) {
  return (
    <ol className="told" role="list">
      {groupNotifications(notifications).map(({ items, kind, isRead }) => {
        const [newest] = items
        return (
          <li key={newest.id} className="told__item" data-unread={isRead ? undefined : ''}>
            {items.length === 1 ? <Single {...newest} /> : <Group {...{ items, kind, audience, isRead }} />}
            <p className="told__when">
              <DateTime at={newest.createdAt} />
            </p>
          </li>
        )
      })}
    </ol>
  )
}

function Single({ id, text, isRead }: Notification) {
  return (
    <Form method="post" action={urls.readNotification(id)}>
      <CsrfField />
      <OpenButton isRead={isRead} text={text} />
    </Form>
  )
}

type GroupProps = { items: Notification[]; kind: NotificationKind; audience: Audience; isRead: boolean }

/** Leads to the list of what the notifications are about. */
function Group({ items, kind, audience, isRead }: GroupProps) {
  return (
    <Form method="post" action={urls.readAllNotifications()}>
      <CsrfField />
      <input type="hidden" name="audience" value={audience} />
      <input type="hidden" name="kind" value={kind} />
      <input type="hidden" name="from" value={items.at(-1)!.id} />
      <input type="hidden" name="upTo" value={items[0]!.id} />
      <input type="hidden" name="next" value={listUrls[kind]} />
      <OpenButton
        isRead={isRead}
        text={groupText(kind, items.length)}
        about={items.map(({ subject }) => subject).join(', ')}
      />
    </Form>
  )
}

const listUrls = {
  'order-confirmed': urls.account.orders(),
  'order-paid': urls.account.orders(),
  'payment-failed': urls.account.orders(),
  'order-shipped': urls.account.orders(),
  'order-canceled': urls.account.orders(),
  'order-refunded': urls.account.orders(),
  'order-delivered': urls.account.orders(),
  'return-requested': urls.account.orders(),
  'return-approved': urls.account.orders(),
  'return-declined': urls.account.orders(),
  'return-received': urls.account.orders(),
  'order-edited': urls.account.orders(),
  'review-approved': urls.account.reviews(),
  'review-rejected': urls.account.reviews(),
  'review-replied': urls.account.reviews(),
  'new-review': urls.admin.reviews(),
  'order-message': urls.account.orders(),
  'new-order': urls.admin.orders(),
  'canceled-by-customer': `${urls.admin.orders()}?show=canceled`,
  'refund-failed': urls.admin.orders(),
  'new-return': `${urls.admin.orders()}?show=returns`,
  'payment-problem': urls.admin.orders(),
  'low-stock': `${urls.admin.products()}?show=low-stock`,
  'import-ready': urls.admin.imports(),
  'job-failed': urls.admin.home(),
  'daily-summary': urls.admin.home(),
} satisfies Record<NotificationKind, string>

function OpenButton({ isRead, text, about }: { isRead: boolean; text: string; about?: string }) {
  return (
    <button className="told__open" type="submit">
      {!isRead && <span className="visually-hidden">Unread: </span>}
      <span dir="auto">{text}</span>
      {about && (
        <span className="told__about" dir="auto">
          {about}
        </span>
      )}
    </button>
  )
}

/** Marks as read what the page shows and everything older; newer notifications stay unread. */
export function ReadAll({ audience, upTo, next }: { audience: Audience; upTo: number; next: string }) {
  return (
    <Form method="post" action={urls.readAllNotifications()}>
      <CsrfField />
      <input type="hidden" name="audience" value={audience} />
      <input type="hidden" name="upTo" value={upTo} />
      <input type="hidden" name="next" value={next} />
      <button className="button" type="submit">
        Mark all as read
      </button>
    </Form>
  )
}
