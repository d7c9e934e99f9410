import { recordFailure } from '#app/domain/imports/imports.server.ts'
import { readImport } from '#app/domain/imports/read-import.server.ts'
import type { JobData } from '#db/queues.ts'

export async function runReadImport({ importId }: JobData['read-import']): Promise<void> {
  try {
    await readImport(importId, new Date())
  } catch (error) {
    await recordFailure(importId).catch(() => {})
    throw error
  }
}
