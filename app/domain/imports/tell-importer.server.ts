import { tellStaff } from '#app/domain/notifications/notify.server.ts'
import type { Tx } from '#db/client.ts'

/** Tells whoever uploaded the file what became of it, as a step of the caller's transaction. */
export async function tellImporter(
  tx: Tx,
  { id, byUserId, filename }: { id: number; byUserId: number | null; filename: string },
  outcome: 'was read and can be applied' | 'cannot be read' | 'is applied' | 'was given up',
): Promise<void> {
  if (byUserId === null) return
  await tellStaff(tx, 'import-ready', {
    key: `import:${id}:${outcome}`,
    about: `${filename} ${outcome}`,
    importId: id,
    to: byUserId,
  })
}
