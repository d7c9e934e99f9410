import { and, count, desc, eq, isNull, sql } from 'drizzle-orm'
import { urls } from '#app/urls.ts'
import { db, transaction } from '#db/client.ts'
import { notificationPreferences, notifications, orders } from '#db/schema/index.ts'
import type { SessionUser } from '#app/domain/accounts/accounts.ts'
import { choicesFor, type KindChoice, type NotificationKind, notificationWords } from './notifications.ts'

export const notificationsPerPage = 30

export type Notification = {
  id: number
  words: string
  /** What it is about, for the one who was told. */
  href: string
  createdAt: Date
  isRead: boolean
}

/** One page of what the person was told, newest first, and how many there are. Pages count from 1. */
export async function listNotifications(
  userId: number,
  page: number,
): Promise<{ notifications: Notification[]; total: number }> {
  const mine = eq(notifications.userId, userId)
  const [rows, [total]] = await Promise.all([
    db
      .select({ ...shown, orderToken: orders.token })
      .from(notifications)
      .leftJoin(orders, eq(orders.id, notifications.orderId))
      .where(mine)
      .orderBy(desc(notifications.id))
      .limit(notificationsPerPage)
      .offset((page - 1) * notificationsPerPage),
    db.select({ count: count() }).from(notifications).where(mine),
  ])
  return { notifications: rows.map(toNotification), total: total!.count }
}

/** How many the person has not read, for the bell. */
export async function countUnread(userId: number): Promise<number> {
  return db.$count(notifications, and(eq(notifications.userId, userId), isNull(notifications.readAt)))
}

/** Marks one of the person's own as read and answers where it leads; null for any other id. */
export async function readNotification(userId: number, id: number): Promise<{ href: string } | null> {
  const own = and(eq(notifications.id, id), eq(notifications.userId, userId))
  const [row] = await db
    .select({ ...shown, orderToken: orders.token })
    .from(notifications)
    .leftJoin(orders, eq(orders.id, notifications.orderId))
    .where(own)
  if (!row) return null
  await db
    .update(notifications)
    .set({ readAt: sql`now()` })
    .where(and(own, isNull(notifications.readAt)))
  return { href: toNotification(row).href }
}

/** Marks everything as read that the person had been told when the page was made. */
export async function readAllNotifications(userId: number, upTo: number): Promise<void> {
  await db
    .update(notifications)
    .set({ readAt: sql`now()` })
    .where(
      and(
        eq(notifications.userId, userId),
        isNull(notifications.readAt),
        sql`${notifications.id} <= ${upTo}`,
      ),
    )
}

export type Preference = KindChoice & { inApp: boolean; byMail: boolean }

/** How the person wants to be told, for each kind that can come to them. */
export async function listPreferences(user: SessionUser): Promise<Preference[]> {
  const chosen = await db
    .select()
    .from(notificationPreferences)
    .where(eq(notificationPreferences.userId, user.id))
  return choicesFor(user).map((choice) => {
    const row = chosen.find(({ kind }) => kind === choice.kind)
    return {
      ...choice,
      inApp: row?.inApp ?? true,
      byMail: choice.isMailMandatory || (row?.byMail ?? choice.byMailDefault),
    }
  })
}

/** Keeps how the person wants to be told; kinds that cannot come to them are left alone. */
export async function savePreferences(
  user: SessionUser,
  wanted: { inApp: string[]; byMail: string[] },
): Promise<void> {
  const rows = choicesFor(user).map(({ kind }) => ({
    userId: user.id,
    kind,
    inApp: wanted.inApp.includes(kind),
    byMail: wanted.byMail.includes(kind),
  }))
  await transaction((tx) =>
    tx
      .insert(notificationPreferences)
      .values(rows)
      .onConflictDoUpdate({
        target: [notificationPreferences.userId, notificationPreferences.kind],
        set: { inApp: sql`excluded.in_app`, byMail: sql`excluded.by_mail` },
      }),
  )
}

const shown = {
  id: notifications.id,
  kind: notifications.kind,
  about: notifications.about,
  orderId: notifications.orderId,
  productId: notifications.productId,
  importId: notifications.importId,
  createdAt: notifications.createdAt,
  readAt: notifications.readAt,
}

type Row = {
  id: number
  kind: NotificationKind
  about: string
  orderId: number | null
  orderToken: string | null
  productId: number | null
  importId: number | null
  createdAt: Date
  readAt: Date | null
}

function toNotification(row: Row): Notification {
  return {
    id: row.id,
    words: notificationWords(row),
    href: hrefOf(row),
    createdAt: row.createdAt,
    isRead: row.readAt !== null,
  }
}

/** Staff are led into the admin, buyers to their receipt. */
function hrefOf({ kind, orderId, orderToken, productId, importId }: Row): string {
  if (kind === 'new-order' && orderId !== null) return urls.admin.order(orderId)
  if (orderToken !== null) return urls.order(orderToken)
  if (productId !== null) return urls.admin.productVariants(productId)
  if (importId !== null) return urls.admin.import(importId)
  return urls.admin.mails()
}
