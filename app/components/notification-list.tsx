import { Form } from '@remix-run/react'
import type { Notification } from '#app/domain/notifications/notifications.server.ts'
import { urls } from '#app/urls.ts'
import { CsrfField } from './csrf-field.tsx'
import { DateTime } from './date-time.tsx'

/**
 * Notifications, newest first. Opening one marks it as read, so each is a small form and not a link: a GET changes
 * nothing.
 */
export function NotificationList({ notifications }: { notifications: Notification[] }) {
  return (
    <ol className="told" role="list">
      {notifications.map(({ id, text, createdAt, isRead }) => (
        <li key={id} className="told__item" data-unread={isRead ? undefined : ''}>
          <Form method="post" action={urls.readNotification(id)}>
            <CsrfField />
            <button className="told__open" type="submit">
              {!isRead && <span className="visually-hidden">Unread: </span>}
              <span dir="auto">{text}</span>
            </button>
          </Form>
          <p className="told__when">
            <DateTime at={createdAt} />
          </p>
        </li>
      ))}
    </ol>
  )
}

/** Marks as read what the page shows and everything older; newer notifications stay unread. */
export function ReadAll({ upTo, next }: { upTo: number; next: string }) {
  return (
    <Form method="post" action={urls.readAllNotifications()}>
      <CsrfField />
      <input type="hidden" name="upTo" value={upTo} />
      <input type="hidden" name="next" value={next} />
      <button className="button" type="submit">
        Mark all as read
      </button>
    </Form>
  )
}
