import { inArray, sql } from 'drizzle-orm'
import type { Tx } from '#db/client.ts'
import { products, variants } from '#db/schema/catalog.ts'

/**
 * Brings price_min and price_max of these products in line with their variants, inside the caller's transaction.
 * Whoever adds, removes or reprices variants calls this before the commit. Products that are right are not written.
 */
export async function refreshPriceRange(tx: Tx, productIds: number[]): Promise<void> {
  if (productIds.length === 0) return
  await tx.execute(sql`
    update ${products} set price_min = range.low, price_max = range.high
    from (
      select id, (select min(price) from ${variants} where product_id = products.id) as low,
        (select max(price) from ${variants} where product_id = products.id) as high
      from ${products} where ${inArray(products.id, productIds)}
    ) as range
    where products.id = range.id
      and (products.price_min, products.price_max) is distinct from (range.low, range.high)`)
}
