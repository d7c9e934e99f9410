import { sql } from 'drizzle-orm'
import { db, transaction, type Tx } from '#db/client.ts'
import { searchBitmaps, searchDocuments } from '#db/schema/index.ts'

const batchSize = 500

/**
 * Writes the documents of queued products and adds their words to those that corrections and completions use, and their
 * filter values to those that are shown, until the queue is empty. Bitmaps follow. Safe to run twice, or twice at once: a
 * batch is taken by one run. Returns the number of products.
 */
export async function refreshSearchWords(): Promise<number> {
  let total = 0
  for (;;) {
    const done = await transaction(refreshBatch)
    if (done === 0) break
    total += done
  }
  // Whose time to be published has come.
  await db.execute(sql`select update_search_bitmaps(array(
    select id from products where status = 'active' and published_at between now() - interval '10 minutes' and now()))`)
  const documents = await db.$count(searchDocuments)
  if (documents >= minDocuments && total * 5 > documents) await rebuildBitmaps()
  return total
}

async function refreshBatch(tx: Tx): Promise<number> {
  const taken = await tx.execute<{ product_id: number; is_new: boolean; is_stale: boolean }>(sql`
    delete from search_queue where id in (
      select id from search_queue order by id limit ${batchSize} for update skip locked
    ) returning product_id::float8 as product_id, is_new, is_stale`)
  if (taken.length === 0) return 0
  const idsOf = (rows: { product_id: number }[]) => [...new Set(rows.map(({ product_id }) => product_id))]
  const ids = idsOf(taken)
  const staleIds = idsOf(taken.filter(({ is_stale }) => is_stale))
  await tx.execute(sql`select refresh_search_documents(${sql.param(staleIds)}::bigint[])`)
  await tx.execute(sql`
    insert into search_facets (id, kind, name, value)
    select search_facet(kind, name, value) as id, min(kind), min(name), min(value)
    from search_facets_of(${sql.param(ids)}::bigint[]) group by id order by id
    on conflict do nothing`)
  await addWords(tx, { ids, newIds: idsOf(taken.filter(({ is_new }) => is_new)) })
  await tx.execute(sql`select update_search_bitmaps(${sql.param(ids)}::bigint[])`)
  return taken.length
}

/** In the order of the words, so that two runs never wait for each other in a circle. */
async function addWords(tx: Tx, { ids, newIds }: { ids: number[]; newIds: number[] }): Promise<void> {
  await tx.execute(sql`
    with counted as (
      select word, min(lexeme) as lexeme, count(*) as documents,
        count(*) filter (where product_id = any (${sql.param(newIds)}::bigint[])) as added
      from search_words_of(${sql.param(ids)}::bigint[]) group by word order by word
    ), written as (
      insert into search_words as w (word, lexeme, documents)
      select word, lexeme, documents from counted
      on conflict (word) do update set documents = w.documents
        + (select added from counted c where c.word = excluded.word), lexeme = excluded.lexeme
      where w.lexeme <> excluded.lexeme or (select added > 0 from counted c where c.word = excluded.word)
      returning id, word, xmax = 0 as is_new
    )
    insert into search_deletions (deletion, word_id)
    select deletion, id from written, search_deletions_of(word) as deletion where is_new
    on conflict do nothing`)
}

/** With fewer products than this, counting them one by one is as fast. */
const minDocuments = 3000

/** Chooses anew which words and filter values are common, those of half a percent of the products. */
async function rebuildBitmaps(): Promise<void> {
  await transaction(async (tx) => {
    await tx.execute(sql`set local statement_timeout = '30min'`)
    const documents = await tx.$count(searchDocuments)
    if (documents >= minDocuments)
      await tx.execute(sql`select rebuild_search_bitmaps(${Math.max(500, Math.floor(documents / 200))})`)
    else await tx.delete(searchBitmaps)
  })
}

/** Counts the products of each word, makes the bitmaps anew, and deletes words and filter values that no product has any more. */
export async function recountSearchWords(): Promise<void> {
  await transaction(async (tx) => {
    await tx.execute(sql`set local statement_timeout = '10min'`)
    await tx.execute(sql`
      with counted as materialized (
        select word as lexeme, ndoc from ts_stat('select words from search_documents')
      ), changed as (
        update search_words w set documents = coalesce(c.ndoc, 0)
        from search_words o left join counted c on c.lexeme = o.lexeme
        where o.id = w.id and w.documents <> coalesce(c.ndoc, 0)
      )
      delete from search_words w where not exists (select from counted c where c.lexeme = w.lexeme)`)
    await tx.execute(sql`
      delete from search_deletions d where not exists (select from search_words w where w.id = d.word_id)`)
    await tx.execute(sql`
      delete from search_facets where id not in (select unnest(facets) from search_documents)
        and not exists (select from search_queue)`)
  })
  await rebuildBitmaps()
}
