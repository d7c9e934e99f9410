import { randomBytes } from 'node:crypto'
import { and, eq, notInArray, type SQL } from 'drizzle-orm'
import type { Tx } from '#db/client.ts'
import { orderEvents, orderLines, orders } from '#db/schema/index.ts'

/**
 * Writes an order as a step of the caller's transaction and returns what its page, email and notifications need. The
 * token is new: anyone who has it can see the order.
 */
export async function insertOrder(
  tx: Tx,
  values: Omit<typeof orders.$inferInsert, 'token' | 'payBy'> & { payBy?: SQL },
) {
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
  /** The search that led to it. */
  searchQuery: string | null
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
      searchQuery: line.searchQuery,
    })),
  )
}

type EditedLine = Omit<PricedLine, 'variantId' | 'productId' | 'trackStock' | 'searchQuery'> & {
  /** Null for a new line. */
  id: number | null
  variantId: number | null
  productId: number | null
  stockTaken: boolean
}

/** Changes an order's lines to these: those without an id are new, and those that are missing are deleted. */
export async function replaceOrderLines(tx: Tx, orderId: number, lines: EditedLine[]): Promise<void> {
  const kept = lines.flatMap(({ id }) => id ?? [])
  await tx
    .delete(orderLines)
    .where(and(eq(orderLines.orderId, orderId), notInArray(orderLines.id, [0, ...kept])))
  for (const { id, quantity, discountTotal, lineTotal, taxRate, taxTotal, ...line } of lines) {
    const values = { quantity, discountTotal, lineTotal, taxRate, taxTotal }
    if (id !== null) await tx.update(orderLines).set(values).where(eq(orderLines.id, id))
    else {
      const { variantId, productId, title, variantTitle, sku, unitPrice, requiresShipping, stockTaken } = line
      const facts = {
        variantId,
        productId,
        title,
        variantTitle,
        sku,
        unitPrice,
        requiresShipping,
        stockTaken,
      }
      await tx.insert(orderLines).values({ orderId, ...facts, ...values })
    }
  }
}

/** Adds an entry to the order's timeline, as a step of the caller's transaction. Returns its id. */
export async function addOrderEvent(tx: Tx, event: typeof orderEvents.$inferInsert): Promise<number> {
  const [added] = await tx.insert(orderEvents).values(event).returning({ id: orderEvents.id })
  return added!.id
}
