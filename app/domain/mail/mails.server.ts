import { count, desc, eq } from 'drizzle-orm'
import { urls } from '#app/urls.ts'
import { db } from '#db/client.ts'
import { mails, orders } from '#db/schema/index.ts'
import { env } from '#env'
import type { LinkKind, MailStatus } from './mail.ts'
import { getLinkOfMail, tokenOf } from './mail-links.server.ts'

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

const linkUrls = {
  'sign-up': urls.signUpToken,
  'password-reset': urls.resetPassword,
  'email-change': urls.confirmEmail,
  invitation: urls.invitation,
} satisfies Record<LinkKind, (token: string) => string>

/**
 * The link of a mail that no mail service took, for the owner to pass on: whoever has it is its reader. Null for a mail
 * that is on its way or without a link, and for a link that was used or is too old.
 */
export async function revealLink(
  mail: { id: number; status: MailStatus },
  now: Date,
): Promise<string | null> {
  if (mail.status !== 'held') return null
  const link = await getLinkOfMail(mail.id)
  if (!link || link.usedAt !== null || link.expiresAt <= now) return null
  const token = tokenOf(link)
  return token && env.appOrigin + linkUrls[link.kind](token)
}

/** Whether the mail carries a link that proves who reads it; such a link is not kept in its text. */
export async function carriesLink(mailId: number): Promise<boolean> {
  return (await getLinkOfMail(mailId)) !== null
}
