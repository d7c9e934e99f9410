import { applyImport } from '#app/domain/imports/apply-import.server.ts'
import { recordFailure } from '#app/domain/imports/imports.server.ts'
import { undoImport } from '#app/domain/imports/undo-import.server.ts'
import type { JobData } from '#db/queues.ts'

export async function runApplyImport({ importId }: JobData['apply-import']): Promise<void> {
  await recordingFailure(importId, applyImport)
}

export async function runUndoImport({ importId }: JobData['undo-import']): Promise<void> {
  await recordingFailure(importId, undoImport)
}

async function recordingFailure(importId: number, run: (importId: number) => Promise<void>): Promise<void> {
  try {
    await run(importId)
  } catch (error) {
    await recordFailure(importId).catch(() => {})
    throw error
  }
}
