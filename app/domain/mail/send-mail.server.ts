import { and, eq, inArray, sql } from 'drizzle-orm'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { auditedTransaction, db, transaction } from '#db/client.ts'
import { enqueue } from '#db/outbox.ts'
import { mails, orderEvents } from '#db/schema/index.ts'
import { composeMail } from './compose-mail.server.ts'
import { deliver, senderOf } from './delivery.server.ts'
import { mailKindText } from './mail.ts'
import type { MailContent } from './templates/render.server.tsx'

/**
 * Renders a mail of the outbox, keeps what it says, and hands it to the mail service. Safe to run twice: a
 * mail that was sent is left alone, and one whose handing over was cut off is handed over under the same key.
 * A mail that has nothing to say to its address is dropped. A link that proves who reads the mail is not kept.
 * Throws when the service fails, after noting why, so that the job is tried again.
 */
export async function sendQueuedMail(mailId: number): Promise<void> {
  const [mail] = await db.select().from(mails).where(eq(mails.id, mailId))
  if (!mail || mail.status === 'sent') return
  const settings = await getSettings()
  if (!settings) return
  const composed = await composeMail(mail, settings)
  if (!composed) {
    await db.delete(mails).where(eq(mails.id, mailId))
    return
  }
  const { content, token } = composed
  await db.update(mails).set(withoutToken(content, token)).where(eq(mails.id, mailId))
  try {
    const delivery = await deliver({
      key: `mail:${mail.dedupeKey}`,
      from: senderOf(settings),
      to: mail.toEmail,
      ...content,
    })
    if (delivery.kind === 'held') await db.update(mails).set({ status: 'held' }).where(eq(mails.id, mailId))
    else await recordSent(mail, delivery.providerId)
  } catch (error) {
    const lastError = error instanceof Error ? error.message : String(error)
    await db
      .update(mails)
      .set({ status: 'failed', attempts: sql`${mails.attempts} + 1`, lastError: lastError.slice(0, 500) })
      .where(eq(mails.id, mailId))
    throw error
  }
}

function withoutToken(content: MailContent, token: string | null): MailContent {
  if (token === null) return content
  const hide = (text: string) => text.replaceAll(token, '…')
  return { subject: content.subject, html: hide(content.html), text: hide(content.text) }
}

/** Puts a held or failed mail back in the queue. False when it was sent meanwhile, or waits already. */
export async function resendMail(mailId: number, by: number): Promise<boolean> {
  return auditedTransaction(by, async (tx) => {
    const [mail] = await tx
      .update(mails)
      .set({ status: 'queued', lastError: null })
      .where(and(eq(mails.id, mailId), inArray(mails.status, ['held', 'failed'])))
      .returning({ id: mails.id })
    if (!mail) return false
    await enqueue(tx, 'send-mail', { mailId })
    return true
  })
}

async function recordSent(mail: typeof mails.$inferSelect, providerId: string): Promise<void> {
  const { id, orderId, kind, toEmail } = mail
  await transaction(async (tx) => {
    await tx
      .update(mails)
      .set({
        status: 'sent',
        sentAt: sql`now()`,
        attempts: sql`${mails.attempts} + 1`,
        providerId,
        lastError: null,
      })
      .where(eq(mails.id, id))
    if (orderId !== null)
      await tx
        .insert(orderEvents)
        .values({ orderId, kind: 'mail-sent', detail: `${mailKindText[kind]} to ${toEmail}` })
  })
}
