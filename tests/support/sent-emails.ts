import { and, eq } from 'drizzle-orm'
import { sendQueuedEmail } from '#app/domain/emails/send-email.server.ts'
import type { OrderEmailKind } from '#app/domain/mail/mail.ts'
import { db } from '#db/client.ts'
import { emails } from '#db/schema/index.ts'

/** The text part of an order's email, after its job has run. */
export async function getEmailText(about: { kind: OrderEmailKind; orderId: number }): Promise<string> {
  const where = and(eq(emails.kind, about.kind), eq(emails.orderId, about.orderId))
  const [queued] = await db.select({ id: emails.id }).from(emails).where(where)
  await sendQueuedEmail(queued!.id)
  const [email] = await db.select({ text: emails.text }).from(emails).where(where)
  return email!.text
}
