import { asc, eq, sql } from 'drizzle-orm'
import { transaction, type Tx } from '#db/client.ts'
import { orderLines, orders, settings } from '#db/schema/index.ts'
import { addAvailable, type Added, type WantedLine } from './add-available.server.ts'
import type { NewGuest } from './cart.server.ts'
import type { Shopper } from './cart.ts'

export type ReorderResult = Added | { ok: false; reason: 'not-found' | 'session-expired' }

/** Adds an order's lines to the shopper's cart, as far as available (addAvailable). Requires only the order's token. */
export async function reorder(input: { shopper: Shopper | NewGuest; token: string }): Promise<ReorderResult> {
  const { shopper, token } = input
  return transaction(async (tx) => {
    const [order] = await tx
      .select({ id: orders.id, hasSameCurrency: sql<boolean>`${orders.currency} = ${settings.currency}` })
      .from(orders)
      .innerJoin(settings, sql`true`)
      .where(eq(orders.token, token))
    if (!order) return { ok: false, reason: 'not-found' }
    return addAvailable(tx, { shopper, lines: await listOrderLines(tx, order) })
  })
}

async function listOrderLines(
  tx: Tx,
  order: { id: number; hasSameCurrency: boolean },
): Promise<WantedLine[]> {
  const lines = await tx
    .select({
      variantId: orderLines.variantId,
      title: orderLines.title,
      variantTitle: orderLines.variantTitle,
      quantity: orderLines.quantity,
      paid: orderLines.unitPrice,
    })
    .from(orderLines)
    .where(eq(orderLines.orderId, order.id))
    .orderBy(asc(orderLines.id))
  return lines.map(({ title, variantTitle, paid, ...line }) => ({
    ...line,
    name: [title, variantTitle].filter(Boolean).join(', '),
    paid: order.hasSameCurrency ? paid : null,
  }))
}
