import { sql } from 'drizzle-orm'
import type { Tx } from '#db/client.ts'
import { redirects } from '#db/schema/index.ts'
import { maxHops } from './redirects.ts'

/** A redirect as it is to be saved. */
export type Edge = { path: string; targetPath: string | null }

export type BadChain = { start: string; isLoop: boolean }

/** At most as many are of use in a message. */
const maxFound = 100

/**
 * Locks redirects against other changes and follows all chains as they will be with these redirects saved, in place of
 * those of the same path and of `replacedId`. Returns redirects that would lead back to themselves or through more than
 * `maxHops` others; loops first.
 */
export async function findBadChains(
  tx: Tx,
  edges: Edge[],
  replacedId: number | null = null,
): Promise<BadChain[]> {
  await lockRedirects(tx)
  return tx.execute<BadChain>(sql`
    with recursive given as (
      select * from unnest(
        ${sql.param(edges.map(({ path }) => path))}::text[],
        ${sql.param(edges.map(({ targetPath }) => targetPath))}::text[]) as g (path, target_path)
    ), edges as materialized (
      select path, target_path from given where target_path is not null
      union all
      select r.path, r.target_path from ${redirects} r
      where r.target_path is not null and r.id is distinct from ${replacedId}::bigint
        and not exists (select from given g where g.path = r.path)
    ), walk (start, at, hops) as (
      select e.path, e.target_path, 1 from edges e where exists (select from edges n where n.path = e.target_path)
      union all
      select w.start, e.target_path, w.hops + 1 from walk w join edges e on e.path = w.at
      where w.at <> w.start and w.hops <= ${maxHops}
    )
    select start, at = start as "isLoop" from walk where at = start or hops > ${maxHops}
    order by at = start desc, start limit ${maxFound}`)
}

/** Held until the transaction ends: two changes at once could make a loop that neither sees. */
export async function lockRedirects(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('redirects'))`)
}
