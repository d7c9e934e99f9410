import { applyImport } from '#app/domain/imports/apply-import.server.ts'
import { noteFault } from '#app/domain/imports/imports.server.ts'
import type { JobData } from '#db/queues.ts'

export async function runApplyImport({ importId }: JobData['apply-import']): Promise<void> {
  try {
    await applyImport(importId)
  } catch (error) {
    await noteFault(importId).catch(() => {})
    throw error
  }
}
