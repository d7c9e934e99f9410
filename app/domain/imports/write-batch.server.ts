import { transaction, type Tx } from '#db/client.ts'
import { postgresCode } from '#db/errors.ts'

type Steps = {
  /** Writes these changes, each with its mark. */
  write: (tx: Tx, changeIds: number[]) => Promise<void>
  /** Marks a change that the database refused. */
  refuse: (tx: Tx, changeId: number) => Promise<void>
}

/** Writes changes in one transaction. If their data is at fault, they are written one by one, and the failing one is marked. */
export async function writeBatch(changeIds: number[], { write, refuse }: Steps): Promise<void> {
  try {
    await transaction((tx) => write(tx, changeIds))
  } catch (error) {
    // Classes 22 and 23: the data is at fault, and a retry would not help.
    if (!/^2[23]/.test(postgresCode(error) ?? '')) throw error
    if (changeIds.length === 1) return transaction((tx) => refuse(tx, changeIds[0]!))
    for (const id of changeIds) await writeBatch([id], { write, refuse })
  }
}
