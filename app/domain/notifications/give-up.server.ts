import { and, eq, inArray, sql } from 'drizzle-orm'
import { z } from 'zod'
import { mailKindText } from '#app/domain/mail/mail.ts'
import { transaction, type Tx } from '#db/client.ts'
import { imports, mails } from '#db/schema/index.ts'
import { tellStaff } from './notify.server.ts'

/**
 * Work that failed every time it was tried: its import says so instead of promising another try, and the staff are
 * told what it was. Safe to run twice.
 */
export async function giveUp(letter: { id: string; queue: string | null; data: unknown }): Promise<void> {
  await transaction(async (tx) => {
    const about = await nameOf(tx, letter)
    await tellStaff(tx, 'job-failed', { key: `job:${letter.id}`, ...about })
  })
}

async function nameOf(
  tx: Tx,
  { queue, data }: { queue: string | null; data: unknown },
): Promise<{ about: string; orderId?: number; importId?: number }> {
  const ids = z.object({ mailId: z.number(), importId: z.number() }).partial().safeParse(data).data ?? {}
  if (ids.mailId !== undefined) {
    const [mail] = await tx.select().from(mails).where(eq(mails.id, ids.mailId))
    if (mail) return { about: `${mailKindText[mail.kind]} to ${mail.toEmail}` }
  }
  if (ids.importId !== undefined) {
    // What was being applied stays where it stopped and can be taken up again; a file that was read is read anew.
    const [given] = await tx
      .update(imports)
      .set({
        status: sql`case when ${imports.status} = 'applying' then ${imports.status} else 'failed' end`,
        failure: 'This was tried several times and could not be finished. You can start it again.',
      })
      .where(and(eq(imports.id, ids.importId), inArray(imports.status, ['uploaded', 'reading', 'applying'])))
      .returning({ filename: imports.filename })
    if (given) return { about: given.filename, importId: ids.importId }
  }
  return { about: queue ?? 'a job' }
}
