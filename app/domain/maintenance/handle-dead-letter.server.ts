import { z } from 'zod'
import { paymentProvider } from '#app/domain/billing/payment-provider.server.ts'
import { giveUpRefund } from '#app/domain/billing/send-refund.server.ts'
import { recordEmailFailure } from '#app/domain/emails/send-email.server.ts'
import { recordImportFailure } from '#app/domain/imports/imports.server.ts'
import { emailKindLabels } from '#app/domain/mail/mail.ts'
import { transaction, type Tx } from '#db/client.ts'
import { notifyStaff } from '#app/domain/notifications/notify.server.ts'

/**
 * Handles a job that failed in every attempt: its import or email no longer promises a retry, its refund has failed,
 * and staff are notified. Safe to run twice.
 */
export async function handleDeadLetter(letter: {
  id: string
  queue: string | null
  data: unknown
}): Promise<void> {
  const refund = await refundOf(letter)
  await transaction(async (tx) => {
    const subject = refund ?? (await nameOf(tx, letter))
    await notifyStaff(tx, 'job-failed', { key: `job:${letter.id}`, ...subject })
  })
}

/** Outside the transaction, because it asks the payment provider. */
async function refundOf({ data }: { data: unknown }) {
  const ids = z.object({ transferId: z.number() }).safeParse(data).data
  return ids ? giveUpRefund(ids.transferId, paymentProvider()) : null
}

async function nameOf(
  tx: Tx,
  { queue, data }: { queue: string | null; data: unknown },
): Promise<{ subject: string; orderId?: number; importId?: number }> {
  const ids = jobIds.safeParse(data).data ?? {}
  if (ids.emailId !== undefined) {
    const email = await recordEmailFailure(tx, ids.emailId)
    if (email) return { subject: `${emailKindLabels[email.kind]} to ${email.toEmail}` }
  }
  if (ids.importId !== undefined) {
    const filename = await recordImportFailure(tx, ids.importId)
    if (filename !== null) return { subject: filename, importId: ids.importId }
  }
  // Staff find the message at the provider by its id.
  if (ids.eventId !== undefined) return { subject: `${queue} ${ids.eventId}` }
  return { subject: queue ?? 'unknown job' }
}

const jobIds = z.object({ emailId: z.number(), importId: z.number(), eventId: z.string() }).partial()
