import { count, desc, eq } from 'drizzle-orm'
import { urls } from '#app/urls.ts'
import { db } from '#db/client.ts'
import { emails, orders } from '#db/schema/index.ts'
import { env } from '#env'
import type { LinkKind, EmailStatus } from './mail.ts'
import { getEmailLink, deriveLinkToken } from './email-links.server.ts'

export const emailsPerPage = 50

/** One page of the outbox, newest first, with the total count. Pages count from 1. */
export async function listEmails(input: { status: EmailStatus | null; page: number }) {
  const where = input.status === null ? undefined : eq(emails.status, input.status)
  const [rows, [total]] = await Promise.all([
    db
      .select({
        id: emails.id,
        kind: emails.kind,
        toEmail: emails.toEmail,
        status: emails.status,
        subject: emails.subject,
        createdAt: emails.createdAt,
        sentAt: emails.sentAt,
        orderId: emails.orderId,
        orderNumber: orders.number,
        orderPrefix: orders.numberPrefix,
      })
      .from(emails)
      .leftJoin(orders, eq(orders.id, emails.orderId))
      .where(where)
      .orderBy(desc(emails.createdAt), desc(emails.id))
      .limit(emailsPerPage)
      .offset((input.page - 1) * emailsPerPage),
    db.select({ count: count() }).from(emails).where(where),
  ])
  return { emails: rows, total: total!.count }
}

/** One email with its content; null when there is none. */
export async function getEmail(emailId: number) {
  const [email] = await db.select().from(emails).where(eq(emails.id, emailId))
  return email ?? null
}

const linkUrls = {
  'sign-up': urls.signUpToken,
  'password-reset': urls.resetPassword,
  'email-change': urls.confirmEmail,
  invitation: urls.invitation,
  'stock-alert-confirmation': urls.confirmStockAlert,
} satisfies Record<LinkKind, (token: string) => string>

/**
 * The link of an email that was held, for the owner to pass on: whoever has the link counts as its recipient. Null for
 * an email that is queued or has no link, and for a used or expired link.
 */
export async function revealLink(
  email: { id: number; status: EmailStatus },
  now: Date,
): Promise<string | null> {
  if (email.status !== 'held') return null
  const link = await getEmailLink(email.id)
  if (!link || link.usedAt !== null || link.expiresAt <= now) return null
  const token = deriveLinkToken(link)
  return token && env.appOrigin + linkUrls[link.kind](token)
}

/** Whether the email contains a link that proves who reads it; such a link is not stored in its text. */
export async function hasLink(emailId: number): Promise<boolean> {
  return (await getEmailLink(emailId)) !== null
}
