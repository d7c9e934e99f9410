import { and, eq, inArray, sql } from 'drizzle-orm'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { addOrderEvent } from '#app/domain/orders/insert-order.server.ts'
import { auditedTransaction, db, preparedQuery, transaction } from '#db/client.ts'
import { enqueue } from '#db/outbox.ts'
import { emails } from '#db/schema/index.ts'
import { composeEmail } from './compose-email.server.ts'
import { deliver, getSender, isEmailServiceSet } from '#app/domain/mail/delivery.server.ts'
import { emailKindLabels } from '#app/domain/mail/mail.ts'
import type { EmailContent } from './templates/render.server.tsx'

/**
 * Renders an email of the outbox, stores its content, and passes it to the email provider. Safe to run twice: a sent
 * email is skipped, and an interrupted send is repeated under the same key. An email without content for its address is
 * dropped. A link that proves who reads the email is not stored. Throws when the provider fails, after recording why,
 * so that the job is retried. Returns the order that the email is about, for the log.
 */
export async function sendQueuedEmail(emailId: number): Promise<{ orderId: number | null }> {
  const [email] = await selectEmail({ emailId })
  const about = { orderId: email?.orderId ?? null }
  if (!email || email.status === 'sent') return about
  const settings = await getSettings()
  if (!settings) return about
  const composed = await composeEmail(email, settings)
  if (!composed) {
    await db.delete(emails).where(eq(emails.id, emailId))
    return about
  }
  const { content, token, unsubscribeUrl } = composed
  const status = isEmailServiceSet() ? {} : { status: 'held' as const }
  await db
    .update(emails)
    .set({ ...withoutToken(content, token), ...status })
    .where(eq(emails.id, emailId))
  try {
    const delivery = await deliver({
      key: `mail:${email.dedupeKey}`,
      from: getSender(settings),
      to: email.toEmail,
      ...content,
      unsubscribeUrl,
    })
    if (delivery.kind === 'sent') await recordSent(email, delivery.providerId)
  } catch (error) {
    const lastError = error instanceof Error ? error.message : String(error)
    await db
      .update(emails)
      .set({ status: 'failed', attempts: sql`${emails.attempts} + 1`, lastError: lastError.slice(0, 500) })
      .where(eq(emails.id, emailId))
    throw error
  }
  return about
}

const selectEmail = preparedQuery((db) =>
  db
    .select()
    .from(emails)
    .where(eq(emails.id, sql.placeholder('emailId')))
    .prepare('email'),
)

function withoutToken(content: EmailContent, token: string | null): EmailContent {
  if (token === null) return content
  const hide = (text: string) => text.replaceAll(token, '…')
  return { subject: content.subject, html: hide(content.html), text: hide(content.text) }
}

/** Puts a held or failed email back in the queue. False when it has been sent since, or is queued already. */
export async function resendEmail(emailId: number, by: number): Promise<boolean> {
  return auditedTransaction(by, async (tx) => {
    const [email] = await tx
      .update(emails)
      .set({ status: 'queued', lastError: null })
      .where(and(eq(emails.id, emailId), inArray(emails.status, ['held', 'failed'])))
      .returning({ id: emails.id })
    if (!email) return false
    await enqueue(tx, 'send-email', { emailId })
    return true
  })
}

async function recordSent(email: typeof emails.$inferSelect, providerId: string): Promise<void> {
  const { id, orderId, kind, toEmail } = email
  await transaction(async (tx) => {
    await tx
      .update(emails)
      .set({
        status: 'sent',
        sentAt: sql`now()`,
        attempts: sql`${emails.attempts} + 1`,
        providerId,
        lastError: null,
      })
      .where(eq(emails.id, id))
    if (orderId !== null)
      await addOrderEvent(tx, {
        orderId,
        kind: 'email-sent',
        detail: `${emailKindLabels[kind]} to ${toEmail}`,
      })
  })
}
