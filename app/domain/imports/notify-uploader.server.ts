import { and, eq, gt, sql } from 'drizzle-orm'
import { notifyStaff } from '#app/domain/notifications/notify.server.ts'
import type { Tx } from '#db/client.ts'
import { auditLog } from '#db/schema/index.ts'

type Uploaded = { id: number; byUserId: number | null; filename: string }

/**
 * Notifies the user who uploaded the file of the result, as a step of the caller's transaction. Not within a minute of
 * what they last did to the import (upload it, check it again, apply it): then they are still waiting for the result.
 */
export async function notifyUploader(
  tx: Tx,
  { id, byUserId, filename }: Uploaded,
  outcome: 'is ready to review' | 'couldn’t be read' | 'was applied' | 'was undone',
): Promise<void> {
  if (byUserId === null || (await isWaiting(tx, id, byUserId))) return
  await notifyStaff(tx, 'import-ready', {
    key: `import:${id}:${outcome}`,
    subject: `${filename} ${outcome}`,
    importId: id,
    to: byUserId,
  })
}

async function isWaiting(tx: Tx, importId: number, userId: number): Promise<boolean> {
  const recent = and(
    eq(auditLog.tableName, 'imports'),
    eq(auditLog.rowKey, String(importId)),
    eq(auditLog.actorId, userId),
    gt(auditLog.at, sql`clock_timestamp() - interval '1 minute'`),
  )
  return (await tx.$count(auditLog, recent)) > 0
}
