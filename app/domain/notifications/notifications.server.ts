import { and, between, count, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import { urls } from '#app/urls.ts'
import { db, transaction } from '#db/client.ts'
import { notificationPreferences, notifications, orders, products } from '#db/schema/index.ts'
import type { SessionUser } from '#app/domain/access/roles.ts'
import {
  type Audience,
  listPreferenceKinds,
  notificationKinds,
  type PreferenceKind,
  type NotificationKind,
  notificationText,
} from './notifications.ts'

export const notificationsPerPage = 30

export type Notification = {
  id: number
  kind: NotificationKind
  /** What it is about, for example "#1001". */
  subject: string
  text: string
  /** Link to the subject, for the notified user. */
  href: string
  createdAt: Date
  isRead: boolean
}

/** One page of the user's notifications for the audience, newest first, with the total count. Pages count from 1. */
export async function listNotifications(
  userId: number,
  audience: Audience,
  page: number,
): Promise<{ notifications: Notification[]; total: number }> {
  const mine = isFor(userId, audience)
  const [rows, [total]] = await Promise.all([
    db
      .select({ ...shown, orderToken: orders.token, handle: products.handle })
      .from(notifications)
      .leftJoin(orders, eq(orders.id, notifications.orderId))
      .leftJoin(products, eq(products.id, notifications.productId))
      .where(mine)
      .orderBy(desc(notifications.id))
      .limit(notificationsPerPage)
      .offset((page - 1) * notificationsPerPage),
    db.select({ count: count() }).from(notifications).where(mine),
  ])
  return { notifications: rows.map(toNotification), total: total!.count }
}

/** The number of the user's unread notifications for the audience. */
export async function countUnread(userId: number, audience: Audience): Promise<number> {
  return db.$count(notifications, and(isFor(userId, audience), isNull(notifications.readAt)))
}

function isFor(userId: number, audience: Audience) {
  return and(eq(notifications.userId, userId), inArray(notifications.kind, notificationKinds(audience)))
}

/** Marks one of the user's own notifications as read and returns its link; null for any other id. */
export async function markNotificationRead(userId: number, id: number): Promise<{ href: string } | null> {
  const own = and(eq(notifications.id, id), eq(notifications.userId, userId))
  const [row] = await db
    .select({ ...shown, orderToken: orders.token, handle: products.handle })
    .from(notifications)
    .leftJoin(orders, eq(orders.id, notifications.orderId))
    .leftJoin(products, eq(products.id, notifications.productId))
    .where(own)
  if (!row) return null
  await db
    .update(notifications)
    .set({ readAt: sql`now()` })
    .where(and(own, isNull(notifications.readAt)))
  return { href: toNotification(row).href }
}

/**
 * Marks the user's notifications for the audience up to `upTo` as read: those that existed when the page was rendered.
 * With `from` and `kind` only those of one group.
 */
export async function markNotificationsRead(
  userId: number,
  which: { audience: Audience; upTo: number; from?: number; kind?: NotificationKind },
): Promise<void> {
  const { audience, upTo, from = 0, kind } = which
  await db
    .update(notifications)
    .set({ readAt: sql`now()` })
    .where(
      and(
        isFor(userId, audience),
        isNull(notifications.readAt),
        between(notifications.id, from, upTo),
        kind && eq(notifications.kind, kind),
      ),
    )
}

export type Preference = PreferenceKind & { inApp: boolean; byEmail: boolean }

/** The user's preferences, for each kind that the user can receive. */
export async function listPreferences(user: SessionUser): Promise<Preference[]> {
  const chosen = await db
    .select()
    .from(notificationPreferences)
    .where(eq(notificationPreferences.userId, user.id))
  return listPreferenceKinds(user).map((choice) => {
    const row = chosen.find(({ kind }) => kind === choice.kind)
    return {
      ...choice,
      inApp: !choice.isEmailOnly && (row?.inApp ?? true),
      byEmail: choice.isEmailMandatory || (row?.byEmail ?? choice.emailDefault),
    }
  })
}

/** Saves the user's preferences; kinds that the user cannot receive are ignored. */
export async function savePreferences(
  user: SessionUser,
  wanted: { inApp: string[]; byEmail: string[] },
): Promise<void> {
  const rows = listPreferenceKinds(user).map(({ kind, isEmailOnly }) => ({
    userId: user.id,
    kind,
    inApp: !isEmailOnly && wanted.inApp.includes(kind),
    byEmail: wanted.byEmail.includes(kind),
  }))
  await transaction((tx) =>
    tx
      .insert(notificationPreferences)
      .values(rows)
      .onConflictDoUpdate({
        target: [notificationPreferences.userId, notificationPreferences.kind],
        set: { inApp: sql`excluded.in_app`, byEmail: sql`excluded.by_email` },
      }),
  )
}

const shown = {
  id: notifications.id,
  kind: notifications.kind,
  subject: notifications.subject,
  orderId: notifications.orderId,
  productId: notifications.productId,
  importId: notifications.importId,
  createdAt: notifications.createdAt,
  readAt: notifications.readAt,
}

type Row = {
  id: number
  kind: NotificationKind
  subject: string
  orderId: number | null
  orderToken: string | null
  productId: number | null
  handle: string | null
  importId: number | null
  createdAt: Date
  readAt: Date | null
}

function toNotification(row: Row): Notification {
  return {
    id: row.id,
    kind: row.kind,
    subject: row.subject,
    text: notificationText(row),
    href: getHref(row),
    createdAt: row.createdAt,
    isRead: row.readAt !== null,
  }
}

/** Links for staff lead into the admin, for customers to their receipt or their review. */
function getHref({ kind, orderId, orderToken, productId, handle, importId }: Row): string {
  if (kind === 'new-review') return urls.admin.reviews()
  if (kind === 'review-rejected' && handle !== null) return urls.newReview(handle)
  if ((kind === 'review-approved' || kind === 'review-replied') && handle !== null)
    return urls.productReviews(handle)
  if (kind === 'new-order' && orderId !== null) return urls.admin.order(orderId)
  if (orderToken !== null) return urls.order(orderToken)
  if (productId !== null) return urls.admin.product(productId)
  if (importId !== null) return urls.admin.import(importId)
  return urls.admin.emails()
}
