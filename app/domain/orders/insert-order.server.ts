import { randomBytes } from 'node:crypto'
import type { Tx } from '#db/client.ts'
import { orderEvents, orderLines, orders } from '#db/schema/index.ts'

/**
 * Writes an order as a step of the caller's transaction and returns what its page, email and notifications need. The
 * token is new: anyone who has it can see the order.
 */
export async function insertOrder(tx: Tx, values: Omit<typeof orders.$inferInsert, 'token'>) {
  const [order] = await tx
    .insert(orders)
    .values({ ...values, token: randomBytes(16).toString('base64url') })
    .returning({
      id: orders.id,
      token: orders.token,
      userId: orders.userId,
      email: orders.email,
      number: orders.number,
      numberPrefix: orders.numberPrefix,
    })
  return order!
}

type PricedLine = {
  variantId: number
  productId: number
  title: string
  variantTitle: string
  sku: string
  quantity: number
  /** Minor units. */
  unitPrice: number
  discountTotal: number
  lineTotal: number
  /** Thousandths of a percent. */
  taxRate: number
  taxTotal: number
  requiresShipping: boolean
  trackStock: boolean
}

/** Writes the order's lines as they were sold: later changes of a product do not change them. */
export async function insertOrderLines(tx: Tx, orderId: number, lines: PricedLine[]): Promise<void> {
  await tx.insert(orderLines).values(
    lines.map((line) => ({
      orderId,
      variantId: line.variantId,
      productId: line.productId,
      title: line.title,
      variantTitle: line.variantTitle,
      sku: line.sku,
      quantity: line.quantity,
      unitPrice: line.unitPrice,
      discountTotal: line.discountTotal,
      lineTotal: line.lineTotal,
      taxRate: line.taxRate,
      taxTotal: line.taxTotal,
      requiresShipping: line.requiresShipping,
      stockTaken: line.trackStock,
    })),
  )
}

/** Adds an entry to the order's timeline, as a step of the caller's transaction. */
export async function addOrderEvent(tx: Tx, event: typeof orderEvents.$inferInsert): Promise<void> {
  await tx.insert(orderEvents).values(event)
}
