import { applyImport } from '#app/domain/imports/apply-import.server.ts'
import { recordFailure } from '#app/domain/imports/imports.server.ts'
import type { JobData } from '#db/queues.ts'

export async function runApplyImport({ importId }: JobData['apply-import']): Promise<void> {
  try {
    await applyImport(importId)
  } catch (error) {
    await recordFailure(importId).catch(() => {})
    throw error
  }
}
