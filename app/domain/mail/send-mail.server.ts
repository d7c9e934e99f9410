import { and, eq, inArray, sql } from 'drizzle-orm'
import { getOrder } from '#app/domain/orders/orders.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { db, transaction } from '#db/client.ts'
import { enqueue } from '#db/outbox.ts'
import { mails, orderEvents } from '#db/schema/index.ts'
import { env } from '#env'
import { deliver, senderOf } from './delivery.server.ts'
import { mailKindText } from './mail.ts'

/**
 * Renders a mail of the outbox, keeps what it says, and hands it to the mail service. Safe to run twice: a
 * mail that was sent is left alone, and one whose handing over was cut off is handed over under the same key.
 * Throws when the service fails, after noting why, so that the job is tried again.
 */
export async function sendQueuedMail(mailId: number): Promise<void> {
  const [mail] = await db.select().from(mails).where(eq(mails.id, mailId))
  if (!mail || mail.status === 'sent' || mail.orderId === null) return
  const [settings, about] = await Promise.all([getSettings(), getOrder(mail.orderId)])
  if (!settings || !about) return
  // Loaded with the first mail: a process that only serves pages never needs it.
  const { renderOrderMail } = await import('./templates/render.server.tsx')
  const content = await renderOrderMail({
    kind: mail.kind,
    fulfilmentId: mail.fulfilmentId,
    settings,
    origin: env.appOrigin,
    ...about,
  })
  await db.update(mails).set(content).where(eq(mails.id, mailId))
  try {
    const delivery = await deliver({
      key: `mail:${mail.dedupeKey}`,
      from: senderOf(settings),
      to: mail.toEmail,
      ...content,
    })
    if (delivery.kind === 'held') await db.update(mails).set({ status: 'held' }).where(eq(mails.id, mailId))
    else
      await recordSent(
        mail.id,
        mail.orderId,
        delivery.providerId,
        `${mailKindText[mail.kind]} to ${mail.toEmail}`,
      )
  } catch (error) {
    const lastError = error instanceof Error ? error.message : String(error)
    await db
      .update(mails)
      .set({ status: 'failed', attempts: sql`${mails.attempts} + 1`, lastError: lastError.slice(0, 500) })
      .where(eq(mails.id, mailId))
    throw error
  }
}

/** Puts a held or failed mail back in the queue. False when it was sent meanwhile, or waits already. */
export async function resendMail(mailId: number): Promise<boolean> {
  return transaction(async (tx) => {
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

async function recordSent(
  mailId: number,
  orderId: number,
  providerId: string,
  detail: string,
): Promise<void> {
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
      .where(eq(mails.id, mailId))
    await tx.insert(orderEvents).values({ orderId, kind: 'mail-sent', detail })
  })
}
