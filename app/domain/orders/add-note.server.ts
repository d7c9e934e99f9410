import { auditedTransaction } from '#db/client.ts'
import { orderEvents } from '#db/schema/index.ts'

/** Adds a note for staff to the order's timeline. The order has to exist. */
export async function addNote(orderId: number, note: string, by: number): Promise<void> {
  await auditedTransaction(by, (tx) =>
    tx.insert(orderEvents).values({ orderId, kind: 'note', detail: note, byUserId: by }),
  )
}
