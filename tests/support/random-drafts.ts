import { asc, eq } from 'drizzle-orm'
import { expect } from 'vitest'
import { deleteDraft } from '#app/domain/drafts/delete-draft.server.ts'
import type { StoredDraft } from '#app/domain/drafts/drafts.server.ts'
import { placeDraft } from '#app/domain/drafts/place-draft.server.ts'
import { saveDraft } from '#app/domain/drafts/save-draft.server.ts'
import { sendDraft } from '#app/domain/drafts/send-draft.server.ts'
import { readSettings } from '#app/domain/settings/settings.server.ts'
import { db } from '#db/client.ts'
import { draftOrders, orderLines } from '#db/schema/index.ts'
import { now } from './cast.ts'
import { draftForm, openDraftPage } from './drafts.ts'
import type { Random } from './random.ts'

/** What staff and customers do with draft orders, as actions of a random history. */
export function draftActions(input: {
  random: Random
  goods: { variantId: number }[]
  codes: string[]
  emails: string[]
  by: number
  count: (what: string) => void
}) {
  const { random, goods, codes, emails, by, count } = input
  const onDraft = async (change: (draft: StoredDraft) => unknown) => {
    const some = await db.select().from(draftOrders)
    if (some.length > 0) await change(random.pick(some))
  }
  const save = async (draft: StoredDraft | null) => {
    const lines = Array.from({ length: 1 + random.below(2) }, () => ({
      ...random.pick(goods),
      quantity: 1 + random.below(3),
    }))
    const typed = { email: random.pick(emails), codes: random.next() < 0.3 ? random.pick(codes) : '' }
    const form = draftForm(lines, { ...typed, version: String(draft?.version ?? 1) })
    await saveDraft({ draftId: draft?.id ?? null, form, settings: (await readSettings())!, now, by })
  }
  return {
    createDraft: () => save(null),
    editDraft: () => onDraft(save),
    sendDraft: () => onDraft(({ id, version }) => sendDraft({ draftId: id, version, by })),
    deleteDraft: () => onDraft(({ id }) => deleteDraft(id, by)),
    placeDraft: () =>
      onDraft(async (draft) => {
        const settings = (await readSettings())!
        const { lines, form } = await openDraftPage(draft, settings)
        const isStaff = random.next() < 0.5
        const placed = await placeDraft({
          ...{ form, settings, now },
          draft: isStaff ? { draftId: draft.id } : { token: draft.token },
          staff: isStaff ? { by, paid: random.next() < 0.5 ? { reference: '' } : null } : null,
        })
        if (!placed.ok || !placed.isNew) return
        count('drafts')
        expect(await readLines(placed.orderId), `order of draft ${draft.id}`).toEqual(
          lines.map(({ variantId, quantity, unitPrice }) => ({ variantId, quantity, unitPrice })),
        )
      }),
  }
}

function readLines(orderId: number) {
  const { variantId, quantity, unitPrice } = orderLines
  return db
    .select({ variantId, quantity, unitPrice })
    .from(orderLines)
    .where(eq(orderLines.orderId, orderId))
    .orderBy(asc(orderLines.id))
}
