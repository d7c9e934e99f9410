import { count, desc, eq } from 'drizzle-orm'
import { db } from '#db/client.ts'
import { mails, orders } from '#db/schema/index.ts'
import type { MailStatus } from './mail.ts'

export const mailsPerPage = 50

/** One page of the outbox, newest first, with how many there are in all. Pages count from 1. */
export async function listMails(input: { status: MailStatus | null; page: number }) {
  const where = input.status === null ? undefined : eq(mails.status, input.status)
  const [rows, [total]] = await Promise.all([
    db
      .select({
        id: mails.id,
        kind: mails.kind,
        toEmail: mails.toEmail,
        status: mails.status,
        subject: mails.subject,
        createdAt: mails.createdAt,
        sentAt: mails.sentAt,
        orderId: mails.orderId,
        orderNumber: orders.number,
        orderPrefix: orders.numberPrefix,
      })
      .from(mails)
      .leftJoin(orders, eq(orders.id, mails.orderId))
      .where(where)
      .orderBy(desc(mails.createdAt), desc(mails.id))
      .limit(mailsPerPage)
      .offset((input.page - 1) * mailsPerPage),
    db.select({ count: count() }).from(mails).where(where),
  ])
  return { mails: rows, total: total!.count }
}

/** One mail with what it says; null when there is none. */
export async function getMail(mailId: number) {
  const [mail] = await db.select().from(mails).where(eq(mails.id, mailId))
  return mail ?? null
}
