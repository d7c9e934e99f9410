import type { Tx } from '#db/client.ts'
import { enqueue } from '#db/outbox.ts'
import { mails } from '#db/schema/index.ts'
import type { MailKind } from './mail.ts'

/**
 * Writes a mail into the outbox and queues its sending, both as a step of the caller's transaction. The same
 * kind for the same order (or fulfilment) is written once. What it says is rendered by the job.
 */
export async function enqueueMail(
  tx: Tx,
  mail: { kind: MailKind; orderId: number; fulfilmentId?: number; to: string },
): Promise<void> {
  const about = mail.fulfilmentId ? `fulfilment:${mail.fulfilmentId}` : `order:${mail.orderId}`
  const [row] = await tx
    .insert(mails)
    .values({
      kind: mail.kind,
      dedupeKey: `${about}:${mail.kind}`,
      toEmail: mail.to,
      orderId: mail.orderId,
      fulfilmentId: mail.fulfilmentId,
    })
    .onConflictDoNothing()
    .returning({ id: mails.id })
  if (row) await enqueue(tx, 'send-mail', { mailId: row.id })
}
