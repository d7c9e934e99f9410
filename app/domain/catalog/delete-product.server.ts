import { eq, sql } from 'drizzle-orm'
import { db } from '#db/client.ts'
import { products } from '#db/schema/catalog.ts'
import { orderLines } from '#db/schema/orders.ts'

/** How many orders hold the product; one that was ever ordered is archived, not deleted. */
export async function countOrdersOf(productId: number): Promise<number> {
  const [row] = await db
    .select({ count: sql<number>`count(distinct ${orderLines.orderId})::int` })
    .from(orderLines)
    .where(eq(orderLines.productId, productId))
  return row!.count
}

/** Deletes a product that was never ordered, with its variants, pictures and ledger. The check and the deletion are one statement. */
export async function deleteProduct(
  id: number,
): Promise<{ ok: true; title: string } | { ok: false; reason: 'ordered' | 'gone' }> {
  const [gone] = await db
    .delete(products)
    .where(
      sql`${products.id} = ${id} and not exists (select from ${orderLines} l where l.product_id = ${id})`,
    )
    .returning({ title: products.title })
  if (gone) return { ok: true, title: gone.title }
  const left = await db.$count(products, eq(products.id, id))
  return { ok: false, reason: left ? 'ordered' : 'gone' }
}
