import { auditedTransaction } from '#db/client.ts'
import { isOpenDraft } from '#app/domain/orders/draft-states.ts'
import { changeDraft, lockDraft } from './drafts.server.ts'

export type DeleteDraftResult = { ok: true } | { ok: false; reason: 'not-found' | 'placed' }

/** Deletes a draft order: its link says so from then on. One that became an order is kept. */
export async function deleteDraft(draftId: number, by: number): Promise<DeleteDraftResult> {
  return auditedTransaction(by, async (tx) => {
    const draft = await lockDraft(tx, { draftId })
    if (!draft || draft.state === 'deleted') return { ok: false, reason: 'not-found' }
    if (!isOpenDraft(draft)) return { ok: false, reason: 'placed' }
    await changeDraft(tx, draftId, { state: 'deleted' })
    return { ok: true }
  })
}
