import { sql } from 'drizzle-orm'
import type { db, Tx } from '#db/client.ts'

/**
 * Which of the collections each product is in, by hand or by their conditions: ids of collections by the product's id.
 * The conditions are those of matchesRules.
 */
export async function listMemberships(
  reader: typeof db | Tx,
  productIds: number[],
  collectionIds: number[],
): Promise<Map<number, number[]>> {
  const found = new Map<number, number[]>()
  if (productIds.length === 0 || collectionIds.length === 0) return found
  const rows = await reader.execute<{ product_id: string; collection_id: string }>(sql`
    select p.id as product_id, c.id as collection_id
    from products p, collections c
    where p.id = any(${sql.param(productIds)}::bigint[]) and c.id = any(${sql.param(collectionIds)}::bigint[])
      and case c.kind
        when 'manual' then exists (
          select from collection_products m where m.collection_id = c.id and m.product_id = p.id)
        else (
          select case c.match when 'all' then bool_and(is_met) else bool_or(is_met) end
          from jsonb_array_elements(c.rules) rule, lateral (
            select lower(rule ->> 'value') = any (case rule ->> 'field'
              when 'tag' then array(select lower(tag) from unnest(p.tags) as tag)
              when 'type' then array[lower(p.type)]
              else array[lower(p.vendor)] end) as is_met
          ) each)
        end`)
  for (const row of rows) {
    const productId = Number(row.product_id)
    found.set(productId, [...(found.get(productId) ?? []), Number(row.collection_id)])
  }
  return found
}
