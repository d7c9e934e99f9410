import { and, eq, inArray, ne, sql } from 'drizzle-orm'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { addOrderEvent } from '#app/domain/orders/insert-order.server.ts'
import { auditedTransaction, db, preparedQuery, transaction, type Tx } from '#db/client.ts'
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
      .where(isUnsent(emailId))
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

/**
 * Records that the job of an email ended without a result, as a step of the caller's transaction, so that staff can send
 * it again. Returns the email; null when it was deleted.
 */
export async function recordEmailFailure(tx: Tx, emailId: number) {
  await tx
    .update(emails)
    .set({ status: 'failed', lastError: 'Sending did not finish in time' })
    .where(and(eq(emails.id, emailId), eq(emails.status, 'queued')))
  const [email] = await tx
    .select({ kind: emails.kind, toEmail: emails.toEmail })
    .from(emails)
    .where(eq(emails.id, emailId))
  return email ?? null
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

/** An attempt that took too long may have been repeated meanwhile. */
const isUnsent = (emailId: number) => and(eq(emails.id, emailId), ne(emails.status, 'sent'))

async function recordSent(email: typeof emails.$inferSelect, providerId: string): Promise<void> {
  const { id, orderId, kind, toEmail } = email
  await transaction(async (tx) => {
    const changed = await tx
      .update(emails)
      .set({
        status: 'sent',
        sentAt: sql`now()`,
        attempts: sql`${emails.attempts} + 1`,
        providerId,
        lastError: null,
      })
      .where(isUnsent(id))
      .returning({ id: emails.id })
    if (orderId !== null && changed.length > 0)
      await addOrderEvent(tx, {
        orderId,
        kind: 'email-sent',
        detail: `${emailKindLabels[kind]} to ${toEmail}`,
      })
  })
}
