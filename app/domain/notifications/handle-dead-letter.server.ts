import { and, eq, inArray, sql } from 'drizzle-orm'
import { z } from 'zod'
import { emailKindLabels } from '#app/domain/mail/mail.ts'
import { transaction, type Tx } from '#db/client.ts'
import { imports, emails } from '#db/schema/index.ts'
import { notifyStaff } from './notify.server.ts'

/**
 * Handles a job that failed in every attempt: its import no longer promises a retry, and staff are notified. Safe to
 * run twice.
 */
export async function handleDeadLetter(letter: {
  id: string
  queue: string | null
  data: unknown
}): Promise<void> {
  await transaction(async (tx) => {
    const subject = await nameOf(tx, letter)
    await notifyStaff(tx, 'job-failed', { key: `job:${letter.id}`, ...subject })
  })
}

async function nameOf(
  tx: Tx,
  { queue, data }: { queue: string | null; data: unknown },
): Promise<{ subject: string; orderId?: number; importId?: number }> {
  const ids = z.object({ emailId: z.number(), importId: z.number() }).partial().safeParse(data).data ?? {}
  if (ids.emailId !== undefined) {
    const [email] = await tx.select().from(emails).where(eq(emails.id, ids.emailId))
    if (email) return { subject: `${emailKindLabels[email.kind]} to ${email.toEmail}` }
  }
  if (ids.importId !== undefined) {
    // An apply stays where it stopped and can be resumed; a dry run starts again.
    const [given] = await tx
      .update(imports)
      .set({
        status: sql`case when ${imports.status} = 'applying' then ${imports.status} else 'failed' end`,
        failure: 'This failed after several attempts. Try again.',
      })
      .where(and(eq(imports.id, ids.importId), inArray(imports.status, ['uploaded', 'reading', 'applying'])))
      .returning({ filename: imports.filename })
    if (given) return { subject: given.filename, importId: ids.importId }
  }
  return { subject: queue ?? 'unknown job' }
}
