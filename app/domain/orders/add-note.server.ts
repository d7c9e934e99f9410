import { notifyCustomer } from '#app/domain/notifications/notify.server.ts'
import { auditedTransaction } from '#db/client.ts'
import { addOrderEvent } from './insert-order.server.ts'
import { lockOrder } from './lock-order.server.ts'
import { orderName } from './orders.ts'

/** Adds a note of staff to the order's timeline; as a message, it is also sent to the customer. False: no such order. */
export async function addNote({
  orderId,
  note,
  isMessage,
  by,
}: {
  orderId: number
  note: string
  isMessage: boolean
  by: number
}): Promise<boolean> {
  return auditedTransaction(by, async (tx) => {
    const order = await lockOrder(tx, orderId)
    if (!order) return false
    const kind = isMessage ? 'message' : 'note'
    const eventId = await addOrderEvent(tx, { orderId, kind, detail: note, byUserId: by })
    if (isMessage)
      await notifyCustomer(tx, 'order-message', { ...order, name: orderName(order) }, { eventId })
    return true
  })
}
