import { asc, eq, inArray, sql } from 'drizzle-orm'
import { auditedTransaction, db, type Tx } from '#db/client.ts'
import { products, variants } from '#db/schema/catalog.ts'
import { orderLines } from '#db/schema/orders.ts'

/** How many orders contain the product; a product that was ever ordered is archived, not deleted. */
export async function countProductOrders(productId: number): Promise<number> {
  const [row] = await db
    .select({ count: sql<number>`count(distinct ${orderLines.orderId})::int` })
    .from(orderLines)
    .where(eq(orderLines.productId, productId))
  return row!.count
}

/**
 * Deletes products with their variants, images and stock ledger, as a step of the caller's transaction, which holds
 * their locks (lockProducts) and has checked that none was ordered.
 */
export async function deleteProducts(tx: Tx, ids: number[]): Promise<void> {
  if (ids.length > 0) await tx.delete(products).where(inArray(products.id, ids))
}

/**
 * Deletes a product that was never ordered, with its variants, images and stock ledger. Locks the product and then its
 * variants by id, so that a concurrent order ends before orders are checked, and none begins afterwards.
 */
export async function deleteProduct(
  id: number,
  by: number,
): Promise<{ ok: true; title: string } | { ok: false; reason: 'ordered' | 'not-found' }> {
  return auditedTransaction(by, async (tx) => {
    const [product] = await tx
      .select({ title: products.title })
      .from(products)
      .where(eq(products.id, id))
      .for('no key update')
    if (!product) return { ok: false, reason: 'not-found' }
    await tx
      .select({ id: variants.id })
      .from(variants)
      .where(eq(variants.productId, id))
      .orderBy(asc(variants.id))
      .for('update')
    const isOrdered = (await tx.$count(orderLines, eq(orderLines.productId, id))) > 0
    if (isOrdered) return { ok: false, reason: 'ordered' }
    await tx.delete(products).where(eq(products.id, id))
    return { ok: true, title: product.title }
  })
}
