import { asc, eq, isNull, type SQL, sql } from 'drizzle-orm'
import { auditedTransaction, db, type Tx } from '#db/client.ts'
import { collections } from '#db/schema/catalog.ts'

/**
 * Moves a collection to a position among those with the same parent (1 is first), as the store's menu and lists show
 * them. False for an unknown collection.
 */
export async function moveCollection(input: { id: number; position: number; by: number }): Promise<boolean> {
  return auditedTransaction(input.by, async (tx) => {
    await lockTree(tx)
    const [moved] = await tx
      .select({ parentId: collections.parentId })
      .from(collections)
      .where(eq(collections.id, input.id))
    if (!moved) return false
    const siblings = await tx
      .select({ id: collections.id })
      .from(collections)
      .where(
        moved.parentId === null ? isNull(collections.parentId) : eq(collections.parentId, moved.parentId),
      )
      .orderBy(asc(collections.position), asc(collections.title), asc(collections.id))
    const order = siblings.map(({ id }) => id).filter((id) => id !== input.id)
    order.splice(input.position - 1, 0, input.id)
    await tx.execute(sql`
      update ${collections} c set position = place.position, updated_at = now()
      from jsonb_array_elements_text(${JSON.stringify(order)}::jsonb) with ordinality as place (id, position)
      where c.id = place.id::bigint and c.position <> place.position`)
    return true
  })
}

/** The position after the last collection under a parent. */
export function lastPosition(parentId: number | null): SQL<number> {
  return sql<number>`(select coalesce(max(sibling.position), 0) + 1 from collections sibling
    where sibling.parent_id is not distinct from ${parentId}::bigint)`
}

/** Locks the tree as a whole: changes of the order and of parents wait for each other. */
export async function lockTree(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('collections tree'))`)
}

export type MenuCollection = Awaited<ReturnType<typeof listMenu>>[number]

/** Every collection in the order of the menu, and whether shoppers see it. */
export async function listMenu(now: Date) {
  const rows = await db
    .select({
      id: collections.id,
      parentId: collections.parentId,
      title: collections.title,
      publishedAt: collections.publishedAt,
    })
    .from(collections)
    .orderBy(asc(collections.position), asc(collections.title), asc(collections.id))
  return rows.map(({ publishedAt, ...row }) => ({
    ...row,
    isVisible: publishedAt !== null && publishedAt <= now,
  }))
}
