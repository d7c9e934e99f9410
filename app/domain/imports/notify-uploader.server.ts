import { notifyStaff } from '#app/domain/notifications/notify.server.ts'
import type { Tx } from '#db/client.ts'

/** Notifies the user who uploaded the file of the result, as a step of the caller's transaction. */
export async function notifyUploader(
  tx: Tx,
  { id, byUserId, filename }: { id: number; byUserId: number | null; filename: string },
  outcome: 'is ready to review' | 'couldn’t be read' | 'was applied',
): Promise<void> {
  if (byUserId === null) return
  await notifyStaff(tx, 'import-ready', {
    key: `import:${id}:${outcome}`,
    subject: `${filename} ${outcome}`,
    importId: id,
    to: byUserId,
  })
}
