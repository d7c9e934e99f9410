import { setTimeout } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import { placeDraft } from '#app/domain/drafts/place-draft.server.ts'
import { getDraft } from '#app/domain/drafts/drafts.server.ts'
import { saveDraft } from '#app/domain/drafts/save-draft.server.ts'
import { getOrder } from '#app/domain/orders/orders.server.ts'
import { db } from '#db/client.ts'
import { variants } from '#db/schema/index.ts'
import { createProduct, now } from '#tests/support/cast.ts'
import { createDraft, draftForm, filledDraftForm } from '#tests/support/drafts.ts'

const rounds = 10

/**
 * Draft orders of 2 items that customer and staff place at once, while other staff change the quantity to 3. A form that
 * shows the former contents is refused, and its sender reads the page again. Prints the outcomes; returns whether each
 * draft became one order, of the quantity that was saved, with its stock taken once.
 */
export async function raceDrafts(people: number): Promise<boolean> {
  const started = performance.now()
  const outcomes = []
  for (let round = 0; round < rounds; round += 1) outcomes.push(await raceOne(people, round * 3))
  console.log(
    `${people} people place each of ${rounds} drafts: ${Math.round(performance.now() - started)} ms\n`,
  )
  const grouped = Object.groupBy(outcomes, ({ outcome }) => outcome)
  console.table(
    Object.entries(grouped).map(([outcome, all]) => ({
      outcome,
      drafts: all!.length,
      'forms refused': all!.reduce((sum, { refused }) => sum + refused, 0),
    })),
  )
  return outcomes.every(({ isRight }) => isRight)
}

/** The forms are sent so long after the edit, in which it may or may not be saved. */
async function raceOne(people: number, lateMs: number) {
  const { variantId } = await createProduct({ title: 'Placed or edited', stock: 10 })
  const { draft, settings, olga: by } = await createDraft([{ variantId, quantity: 2 }])
  const form = await filledDraftForm(draft.id)
  let refused = 0
  const place = async (index: number, shown: typeof form): Promise<number> => {
    const isStaff = index % 2 === 1
    const placed = await placeDraft({
      ...{ draft: isStaff ? { draftId: draft.id } : { token: draft.token }, form: shown, settings, now },
      staff: isStaff ? { by, paid: null } : null,
    })
    if (placed.ok) return Number(placed.isNew)
    refused += 1
    return placed.reason === 'stale-form' ? place(index, await filledDraftForm(draft.id)) : 0
  }
  const [edited, placed] = await Promise.all([
    saveDraft({ draftId: draft.id, form: draftForm([{ variantId, quantity: 3 }]), settings, now, by }),
    setTimeout(lateMs).then(() =>
      Promise.all(Array.from({ length: people }, (_, index) => place(index, form))),
    ),
  ])

  const stored = (await getDraft(draft.id))!
  const { lines } = (await getOrder(stored.orderId!))!
  const [variant] = await db.select().from(variants).where(eq(variants.id, variantId))
  const quantity = edited.ok ? 3 : 2
  const orders = placed.reduce((sum, isNew) => sum + isNew, 0)
  const isRight = orders === 1 && lines[0]!.quantity === quantity && variant!.stock === 10 - quantity
  return { outcome: edited.ok ? 'edited, then placed' : 'placed before the edit', refused, isRight }
}
