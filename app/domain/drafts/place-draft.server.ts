import { eq } from 'drizzle-orm'
import { recordPayment } from '#app/domain/billing/mark-paid.server.ts'
import type { CheckoutInput } from '#app/domain/checkout/checkout.schema.ts'
import type { PlaceOrderResult } from '#app/domain/checkout/checkout.ts'
import { placeCart } from '#app/domain/checkout/place-order.server.ts'
import { addOrderEvent } from '#app/domain/orders/insert-order.server.ts'
import { lockOrder } from '#app/domain/orders/lock-order.server.ts'
import { amountDue } from '#app/domain/orders/order-states.ts'
import type { Settings } from '#app/domain/settings/settings.server.ts'
import { auditedTransaction, transaction, type Tx } from '#db/client.ts'
import { orders, users } from '#db/schema/index.ts'
import { draftName } from '#app/domain/orders/draft-states.ts'
import { changeDraft, lockDraft, ownerOf, type StoredDraft } from './drafts.server.ts'

type Placing = {
  draft: { draftId: number } | { token: string }
  /** As the checkout sends it. Its checkout key is the one of the draft's cart: a changed draft has another. */
  form: CheckoutInput
  settings: Settings
  now: Date
  /** By default, whether a provider of card payments is set up. */
  acceptsCards?: boolean
  /** The staff member who places it, and the payment if they have received it; null: the customer places it. */
  staff: { by: number; paid: { reference: string } | null } | null
}

export type PlaceDraftResult = PlaceOrderResult | { ok: false; reason: 'not-found' | 'deleted' }

/**
 * Turns a draft order into one order, as the checkout does with a cart, whoever sends the form and however often. Locks
 * the draft's row, then as placeOrder does. The note for staff and the message to the customer become entries of the
 * order's timeline.
 */
export async function placeDraft(placing: Placing): Promise<PlaceDraftResult> {
  const { staff, form, settings, now, acceptsCards } = placing
  const run = <T>(work: (tx: Tx) => Promise<T>) =>
    staff ? auditedTransaction(staff.by, work) : transaction(work)
  return run<PlaceDraftResult>(async (tx) => {
    const draft = await lockDraft(tx, placing.draft)
    if (!draft) return { ok: false, reason: 'not-found' }
    if (draft.state === 'deleted') return { ok: false, reason: 'deleted' }
    const placed = await placeCart(tx, {
      ...{ shopper: ownerOf(draft), settings, now, acceptsCards },
      // An address that others typed is not saved in the customer's account.
      form: { ...form, keepAddress: false, acceptsMarketing: false },
      draft: {
        by: staff?.by ?? null,
        detail: await describe(tx, draft),
        isPaid: Boolean(staff?.paid),
        orderId: draft.orderId,
      },
    })
    if (draft.orderId !== null && !placed.ok) return alreadyPlaced(tx, draft.orderId)
    if (!placed.ok || !placed.isNew) return placed
    const { orderId } = placed
    await changeDraft(tx, draft.id, { state: 'placed', orderId })
    await keepTexts(tx, draft, orderId)
    if (staff?.paid) await recordReceived(tx, orderId, { by: staff.by, ...staff.paid })
    return placed
  })
}

/** "created by Olga Hill from draft #D12" */
async function describe(tx: Tx, draft: StoredDraft): Promise<string> {
  const [creator] = await tx
    .select({ name: users.name })
    .from(users)
    .where(eq(users.id, draft.createdById ?? 0))
  return `created ${creator ? `by ${creator.name} ` : ''}from draft ${draftName(draft)}`
}

async function alreadyPlaced(tx: Tx, orderId: number): Promise<PlaceDraftResult> {
  const [order] = await tx.select({ token: orders.token }).from(orders).where(eq(orders.id, orderId))
  return { ok: false, reason: 'already-placed', token: order!.token }
}

async function keepTexts(tx: Tx, draft: StoredDraft, orderId: number): Promise<void> {
  const { message, internalNote, createdById: byUserId } = draft
  if (message) await addOrderEvent(tx, { orderId, kind: 'message', detail: message, byUserId })
  if (internalNote) await addOrderEvent(tx, { orderId, kind: 'note', detail: internalNote, byUserId })
}

async function recordReceived(tx: Tx, orderId: number, payment: { by: number; reference: string }) {
  const order = (await lockOrder(tx, orderId))!
  if (amountDue(order) > 0) await recordPayment(tx, order, payment)
}
