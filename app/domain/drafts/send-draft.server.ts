import { sql } from 'drizzle-orm'
import { enqueueDraftEmail } from '#app/domain/mail/outbox.server.ts'
import { auditedTransaction } from '#db/client.ts'
import { isOpenDraft } from '#app/domain/orders/draft-states.ts'
import { changeDraft, lockDraft } from './drafts.server.ts'

export type SendDraftResult =
  { ok: true; to: string } | { ok: false; reason: 'not-found' | 'stale' | 'not-open' | 'no-email' }

/** Emails the customer the link where they place the order. A form is sent once: the draft has another version then. */
export async function sendDraft({
  draftId,
  version,
  by,
}: {
  draftId: number
  version: number
  by: number
}): Promise<SendDraftResult> {
  return auditedTransaction(by, async (tx) => {
    const draft = await lockDraft(tx, { draftId })
    if (!draft) return { ok: false, reason: 'not-found' }
    if (!isOpenDraft(draft)) return { ok: false, reason: 'not-open' }
    if (draft.version !== version) return { ok: false, reason: 'stale' }
    if (draft.email === '') return { ok: false, reason: 'no-email' }
    await changeDraft(tx, draftId, { state: 'sent', sentAt: sql`now()` })
    await enqueueDraftEmail(tx, { draftId, version, to: draft.email })
    return { ok: true, to: draft.email }
  })
}
