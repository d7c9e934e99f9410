import { auditedTransaction } from '#db/client.ts'
import { orderEvents } from '#db/schema/index.ts'

/** Adds a staff note to the order's timeline. The order must exist. */
export async function addNote({
  orderId,
  note,
  by,
}: {
  orderId: number
  note: string
  by: number
}): Promise<void> {
  await auditedTransaction(by, (tx) =>
    tx.insert(orderEvents).values({ orderId, kind: 'note', detail: note, byUserId: by }),
  )
}
