import { inArray, sql } from 'drizzle-orm'
import type { Tx } from '#db/client.ts'
import { products, variants } from '#db/schema/catalog.ts'

/**
 * Updates price_min and price_max of these products from their variants, inside the caller's transaction. Every caller
 * that adds, removes or reprices variants must call it before the commit. Products with the right values are not
 * written.
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
