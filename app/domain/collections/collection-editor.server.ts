import { and, eq, like, or, sql } from 'drizzle-orm'
import { auditedTransaction, db, type Tx } from '#db/client.ts'
import { violatedConstraint } from '#db/errors.ts'
import { collectionProducts, collections, products } from '#db/schema/catalog.ts'
import { media } from '#db/schema/media.ts'
import type { CollectionFacts } from './collection.schema.ts'
import { countMatches } from './collection-rules.server.ts'
import { lastPosition, lockTree } from './collection-order.server.ts'
import { buildTree } from './collection-tree.ts'
import { findFreeHandle, toHandle } from '#app/domain/products/handle.ts'
import { escapeLike } from '#app/domain/like.ts'
import { sanitizeDescription } from '#app/domain/products/sanitize.server.ts'

export type SaveCollectionRefusal =
  'handle-taken' | 'inside-itself' | 'parent-deleted' | 'stale' | 'not-found'
export type SaveCollectionResult = { ok: true; id: number } | { ok: false; reason: SaveCollectionRefusal }

/** Creates a collection, the last of its siblings; without a handle, a free one is generated from the title. */
export async function createCollection(
  input: CollectionFacts & { now: Date; by: number },
): Promise<SaveCollectionResult> {
  return saving(input.by, async (tx) => {
    const misplaced = await refuseParent(tx, { parentId: input.parentId, id: null })
    if (misplaced) return { ok: false, reason: misplaced }
    const handle = input.handle || (await freeHandleFor(tx, input.title))
    const [made] = await tx
      .insert(collections)
      .values({ ...columnsOf(input), handle, position: lastPosition(input.parentId) })
      .returning({ id: collections.id })
    return { ok: true, id: made!.id }
  })
}

/**
 * Updates a collection's fields. Refused when it was saved since `version`, or when it would become its own descendant.
 */
export async function updateCollection(
  input: CollectionFacts & { id: number; version: number; now: Date; by: number },
): Promise<SaveCollectionResult> {
  return saving(input.by, async (tx) => {
    const misplaced = await refuseParent(tx, input)
    if (misplaced) return { ok: false, reason: misplaced }
    const handle = input.handle || (await freeHandleFor(tx, input.title, input.id))
    const [saved] = await tx
      .update(collections)
      .set({
        ...columnsOf(input),
        handle,
        // The last one under another parent.
        position: sql`case when ${collections.parentId} is not distinct from ${input.parentId}::bigint
          then ${collections.position} else ${lastPosition(input.parentId)} end`,
        version: sql`${collections.version} + 1`,
        updatedAt: sql`now()`,
      })
      .where(and(eq(collections.id, input.id), eq(collections.version, input.version)))
      .returning({ id: collections.id })
    if (saved) return { ok: true, id: saved.id }
    const found = await tx.$count(collections, eq(collections.id, input.id))
    return { ok: false, reason: found ? 'stale' : 'not-found' }
  })
}

/** Sets or removes the collection's image. */
export async function setCollectionImage(input: {
  id: number
  mediaHash: string | null
  by: number
}): Promise<boolean> {
  const saved = await auditedTransaction(input.by, (tx) =>
    tx
      .update(collections)
      .set({ mediaHash: input.mediaHash, updatedAt: sql`now()` })
      .where(eq(collections.id, input.id))
      .returning({ id: collections.id }),
  )
  return saved.length > 0
}

/** Deletes a collection. Its products stay; its subcollections move to the top level. */
export async function deleteCollection(id: number, by: number): Promise<{ title: string } | null> {
  const [deleted] = await auditedTransaction(by, (tx) =>
    tx.delete(collections).where(eq(collections.id, id)).returning({ title: collections.title }),
  )
  return deleted ?? null
}

/** A collection for its editor; null when there is none. */
export async function getCollectionForStaff(id: number) {
  const [row] = await db
    .select({
      collection: collections,
      image: {
        hash: media.hash,
        status: media.status,
        error: media.error,
        width: media.width,
        height: media.height,
        color: media.color,
      },
      members: sql<number>`(select count(*)::int from ${collectionProducts} cp where cp.collection_id = collections.id)`,
      inside: sql<number>`(select count(*)::int from ${collections} c where c.parent_id = collections.id)`,
    })
    .from(collections)
    .leftJoin(media, eq(media.hash, collections.mediaHash))
    .where(eq(collections.id, id))
  if (!row) return null
  const { kind } = row.collection
  return { ...row, productCount: kind === 'rule' ? await countMatches(row.collection) : row.members }
}

/** Every collection with its product count, as a tree. */
export async function listCollectionTree() {
  const rows = await db
    .select({
      id: collections.id,
      parentId: collections.parentId,
      position: collections.position,
      title: collections.title,
      handle: collections.handle,
      kind: collections.kind,
      match: collections.match,
      rules: collections.rules,
      publishedAt: collections.publishedAt,
      image: collectionImage(),
      members: sql<number>`(select count(*)::int from ${collectionProducts} cp where cp.collection_id = collections.id)`,
    })
    .from(collections)
  const counted = await Promise.all(
    rows.map(async ({ members, ...row }) => ({
      ...row,
      productCount: row.kind === 'rule' ? await countMatches(row) : members,
    })),
  )
  return buildTree(counted)
}

/** Titles only, as a tree, for choosing a parent. */
export async function listCollectionTitles() {
  const columns = {
    id: collections.id,
    parentId: collections.parentId,
    position: collections.position,
    title: collections.title,
  }
  return buildTree(await db.select(columns).from(collections))
}

/** The vendors, types and tags that rules can use, most used first. */
export async function listRuleSuggestions(): Promise<string[]> {
  const rows = await db.execute<{ word: string }>(sql`
    select word from (
      select vendor as word from ${products} union all select type from ${products}
      union all select unnest(tags) from ${products}
    ) as words where word <> '' group by word order by count(*) desc, word limit 300`)
  return rows.map((row) => row.word)
}

/**
 * Why `parentId` cannot hold the collection; null when it can. Locks the tree as a whole, because two moves that are
 * valid one by one can form a cycle together.
 */
async function refuseParent(
  tx: Tx,
  input: { parentId: number | null; id: number | null },
): Promise<'parent-deleted' | 'inside-itself' | null> {
  if (input.parentId === null) return null
  await lockTree(tx)
  const [row] = await tx.execute<{ found: boolean; circle: boolean }>(sql`
    with recursive above as (
      select id, parent_id from ${collections} where id = ${input.parentId}::bigint
      union select c.id, c.parent_id from ${collections} c join above on c.id = above.parent_id
    )
    select count(*) > 0 as found, coalesce(bool_or(id = ${input.id}::bigint), false) as circle from above`)
  if (!row!.found) return 'parent-deleted'
  return row!.circle ? 'inside-itself' : null
}

async function saving(
  by: number,
  work: (tx: Tx) => Promise<SaveCollectionResult>,
): Promise<SaveCollectionResult> {
  try {
    return await auditedTransaction(by, work)
  } catch (error) {
    if (violatedConstraint(error) === 'collections_handle_key') return { ok: false, reason: 'handle-taken' }
    throw error
  }
}

function columnsOf(facts: CollectionFacts & { now: Date }) {
  return {
    title: facts.title,
    description: sanitizeDescription(facts.description),
    parentId: facts.parentId,
    kind: facts.kind,
    match: facts.match,
    rules: facts.rules,
    publishedAt: facts.isShown ? (facts.publishedAt ?? facts.now) : null,
    seoTitle: facts.seoTitle,
    seoDescription: facts.seoDescription,
  }
}

async function freeHandleFor(tx: Tx, title: string, exceptId = 0): Promise<string> {
  const base = toHandle(title) || 'collection'
  // Concurrent creation of another collection with this title waits until ours is visible.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`collection handle ${base}`}))`)
  const similar = await tx
    .select({ id: collections.id, handle: collections.handle })
    .from(collections)
    .where(or(eq(collections.handle, base), like(collections.handle, `${escapeLike(base)}-%`)))
  // "all" is the list of all products and cannot be a collection's handle.
  const taken = ['all', ...similar.filter((row) => row.id !== exceptId).map((row) => row.handle)]
  return findFreeHandle(base, new Set(taken))
}

function collectionImage() {
  return sql<{ hash: string; width: number } | null>`(
    select json_build_object('hash', m.hash, 'width', m.width) from ${media} m
    where m.hash = collections.media_hash and m.status = 'ready')`
}
