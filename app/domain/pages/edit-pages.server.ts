import { and, asc, desc, eq, isNotNull, like, ne, or, sql } from 'drizzle-orm'
import { auditedTransaction, db, type Tx } from '#db/client.ts'
import { violatedConstraint } from '#db/errors.ts'
import { pages } from '#db/schema/index.ts'
import { escapeLike } from '#app/domain/like.ts'
import { toDescriptionHtml } from '#app/domain/products/description.ts'
import { findFreeHandle, toHandle } from '#app/domain/products/handle.ts'
import { sanitizeDescription } from '#app/domain/products/sanitize.server.ts'
import type { PageFacts } from './page.schema.ts'
import type { PolicyHandle } from './pages.ts'

export type SavePageRefusal = 'handle-taken' | 'policy-exists' | 'stale' | 'not-found'
type Saved = { ok: true; id: number } | { ok: false; reason: SavePageRefusal }

/**
 * Creates a page, or the policy with this handle. A page without a handle gets a free one from its title. Refuses a
 * handle that another page has, and a policy that exists.
 */
export async function createPage(input: {
  facts: PageFacts
  policy: PolicyHandle | null
  by: number
}): Promise<Saved> {
  const { facts, policy } = input
  return saving(input.by, policy === null ? 'handle-taken' : 'policy-exists', async (tx) => {
    const [made] = await tx
      .insert(pages)
      .values({
        ...columnsOf(facts),
        kind: policy === null ? 'page' : 'policy',
        handle: policy ?? (facts.handle || (await freeHandleFor(tx, facts.title))),
        publishedAt: facts.isPublished ? sql`now()` : null,
        position: policy === null && facts.inFooter ? lastPosition : null,
      })
      .returning({ id: pages.id })
    return { ok: true, id: made!.id }
  })
}

/**
 * Saves a page's form; a policy keeps its handle. Refused when it was saved since `version`, and for a handle that
 * another page has. `updatedAt` is the time at which title or text changed.
 */
export async function updatePage(input: {
  id: number
  version: number
  facts: PageFacts
  by: number
}): Promise<Saved> {
  const { id, version, facts } = input
  return saving(input.by, 'handle-taken', async (tx) => {
    const [found] = await tx.select().from(pages).where(eq(pages.id, id)).for('update')
    if (!found) return { ok: false, reason: 'not-found' }
    if (found.version !== version) return { ok: false, reason: 'stale' }
    const isPolicy = found.kind === 'policy'
    const columns = columnsOf(facts)
    const isSameText = columns.title === found.title && columns.body === found.body
    await tx
      .update(pages)
      .set({
        ...columns,
        handle: isPolicy ? found.handle : facts.handle || (await freeHandleFor(tx, facts.title, id)),
        publishedAt: facts.isPublished ? sql`coalesce(${pages.publishedAt}, now())` : null,
        position: !isPolicy && facts.inFooter ? (found.position ?? lastPosition) : null,
        version: version + 1,
        ...(!isSameText && { updatedAt: sql`now()` }),
      })
      .where(eq(pages.id, id))
    return { ok: true, id }
  })
}

/** Deletes a page or a policy. Null when there is none. */
export async function deletePage(id: number, by: number): Promise<{ title: string } | null> {
  const [deleted] = await auditedTransaction(by, (tx) =>
    tx.delete(pages).where(eq(pages.id, id)).returning({ title: pages.title }),
  )
  return deleted ?? null
}

/** Moves a page of the footer to `position` (1 is first), or to the end. False when it is not in the footer. */
export async function moveInFooter(input: { id: number; position: number; by: number }): Promise<boolean> {
  return auditedTransaction(input.by, async (tx) => {
    // One transaction at a time changes the order.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('footer pages'))`)
    const rows = await tx
      .select({ id: pages.id })
      .from(pages)
      .where(isNotNull(pages.position))
      .orderBy(asc(pages.position), asc(pages.id))
    const ids = rows.map(({ id }) => id)
    if (!ids.includes(input.id)) return false
    const order = ids.filter((id) => id !== input.id)
    order.splice(input.position - 1, 0, input.id)
    // A page that left the footer meanwhile stays out of it.
    await tx.execute(sql`
      update ${pages} p set position = place.position
      from jsonb_array_elements_text(${JSON.stringify(order)}::jsonb) with ordinality as place (id, position)
      where p.id = place.id::bigint and p.position <> place.position`)
    return true
  })
}

/** A page or policy for its editor; null when there is none. */
export async function getPageForStaff(id: number) {
  const [page] = await db.select().from(pages).where(eq(pages.id, id))
  return page ?? null
}

/** The id of a policy; null while it is not written. */
export async function findPolicy(handle: PolicyHandle): Promise<number | null> {
  const [found] = await db
    .select({ id: pages.id })
    .from(pages)
    .where(and(eq(pages.kind, 'policy'), eq(pages.handle, handle)))
  return found?.id ?? null
}

/** All pages and policies without their texts, the last changed first. */
export function listPages() {
  return db
    .select({
      id: pages.id,
      kind: pages.kind,
      handle: pages.handle,
      title: pages.title,
      publishedAt: pages.publishedAt,
      position: pages.position,
      updatedAt: pages.updatedAt,
    })
    .from(pages)
    .orderBy(desc(pages.updatedAt), asc(pages.id))
}

const lastPosition = sql<number>`(select coalesce(max(position), 0) + 1 from pages)`

function columnsOf({ title, body, seoTitle, seoDescription }: PageFacts) {
  return { title, body: sanitizeDescription(toDescriptionHtml(body)), seoTitle, seoDescription }
}

async function freeHandleFor(tx: Tx, title: string, exceptId = 0): Promise<string> {
  const base = toHandle(title) || 'page'
  // Concurrent creation of another page with this title waits until ours is visible.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`page handle ${base}`}))`)
  const similar = await tx
    .select({ handle: pages.handle })
    .from(pages)
    .where(
      and(
        eq(pages.kind, 'page'),
        ne(pages.id, exceptId),
        or(eq(pages.handle, base), like(pages.handle, `${escapeLike(base)}-%`)),
      ),
    )
  return findFreeHandle(base, new Set(similar.map(({ handle }) => handle)))
}

/** `taken` is the reason for a handle that another row has. */
async function saving(
  by: number,
  taken: 'handle-taken' | 'policy-exists',
  work: (tx: Tx) => Promise<Saved>,
): Promise<Saved> {
  try {
    return await auditedTransaction(by, work)
  } catch (error) {
    if (violatedConstraint(error) === 'pages_handle_key') return { ok: false, reason: taken }
    throw error
  }
}
