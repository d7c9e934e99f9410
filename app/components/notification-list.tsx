import { Form } from '@remix-run/react'
import type { Notification } from '#app/domain/notifications/notifications.server.ts'
import { urls } from '#app/urls.ts'
import { CsrfField } from './csrf-field.tsx'
import { Moment } from './moment.tsx'

/**
 * What somebody was told, newest first. Opening one marks it as read, so each is a small form and not a link:
 * looking at a page changes nothing.
 */
export function NotificationList({ notifications }: { notifications: Notification[] }) {
  return (
    <ol className="told" role="list">
      {notifications.map(({ id, words, createdAt, isRead }) => (
        <li key={id} className="told__item" data-unread={isRead ? undefined : ''}>
          <Form method="post" action={urls.reading(id)}>
            <CsrfField />
            <button className="told__open" type="submit">
              {!isRead && <span className="visually-hidden">Not read yet: </span>}
              <span dir="auto">{words}</span>
            </button>
          </Form>
          <p className="told__when">
            <Moment at={createdAt} />
          </p>
        </li>
      ))}
    </ol>
  )
}

/** Marks everything as read that the page shows or is older; what came meanwhile stays. */
export function ReadAll({ upTo, next }: { upTo: number; next: string }) {
  return (
    <Form method="post" action={urls.allReadings()}>
      <CsrfField />
      <input type="hidden" name="upTo" value={upTo} />
      <input type="hidden" name="next" value={next} />
      <button className="button" type="submit">
        Mark all as read
      </button>
    </Form>
  )
}
