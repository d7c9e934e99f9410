import { type SQL, sql } from 'drizzle-orm'
import { listCards } from '#app/domain/storefront/cards.server.ts'
import type { ProductCard } from '#app/domain/storefront/storefront.ts'
import { db } from '#db/client.ts'

/** Candidates of each kind: more than a page shows, because some are not published. */
const perKind = 20
/** Of each way to be alike, the newest. */
const maxAlike = 200
/** The rarest words of a title say most about a product. */
const titleWords = 3

/**
 * Products to show with this one: those that staff chose first, in their order; then those bought together with it, then
 * of its collections, then of its type, tags and title words. Within these kinds, products that can be bought come first.
 */
export async function listRelatedProducts(
  product: { id: number; type: string; tags: string[] },
  limit: number,
): Promise<ProductCard[]> {
  const { id } = product
  const rows = await db.execute<{ id: number }>(sql`
    with picked as (
      select related_id as id, 0 as kind, -position as score from related_products where product_id = ${id}
    ), together as (
      select other_id as id, 1 as kind, orders as score from bought_together where product_id = ${id}
    ), collected as (
      select other.product_id as id, 2 as kind, count(*) as score
      from collection_products own
      join collections c on c.id = own.collection_id and c.published_at <= now()
      join collection_products other on other.collection_id = own.collection_id
      where own.product_id = ${id}
      group by 1 order by 3 desc, min(abs(other.position - own.position)), 1 limit ${perKind}
    ), ${resembling(product)}
    select d.product_id::float8 as id from (
      select distinct on (id) id, kind, score
      from (
        select * from picked union all select * from together
        union all select * from collected union all select * from resembling
      ) found
      where id <> ${id} order by id, kind, score desc
    ) related
    join search_documents d on d.product_id = related.id and d.published_at <= now()
    order by kind, kind > 0 and d.is_available desc, score desc, d.product_id limit ${limit}`)
  return listCards(rows.map(({ id: related }) => related))
}

/** The products that resemble this one, in `resembling`, with the steps before it. */
function resembling({ id, type, tags }: { id: number; type: string; tags: string[] }): SQL {
  const ownTags = sql`${sql.param(tags)}::text[]`
  return sql`
    words as (
      select string_agg(quote_literal(w.lexeme), ' | ')::tsquery as query from (
        select distinct w.lexeme, w.documents from search_documents d, search_words w
        where d.product_id = ${id} and w.word = any (string_to_array(d.title, ' ')) and w.documents > 1
        order by w.documents, w.lexeme limit ${titleWords}
      ) w
    ), alike as (
      (select product_id as id from words, search_documents where words.query is not null and search_documents.words @@ words.query
        order by published_at desc limit ${maxAlike})
      union (select p.id from products p where p.type = ${type} and p.type <> '' and p.status = 'active'
        order by p.published_at desc limit ${maxAlike})
      union (select p.id from products p where p.tags && ${ownTags} and p.status = 'active'
        order by p.published_at desc limit ${maxAlike})
    ), resembling as (
      select p.id, 3 as kind, (p.type = ${type} and p.type <> '')::int + (p.tags && ${ownTags})::int
        + coalesce(ts_rank('{0, 0.1, 0.1, 1}', d.words, words.query), 0) as score
      from words, alike join products p using (id) join search_documents d on d.product_id = p.id
      order by p.id = ${id}, d.is_available desc, 3 desc, p.published_at desc, p.id limit ${perKind}
    )`
}
