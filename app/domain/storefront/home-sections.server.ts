import { and, asc, desc, eq, sql } from 'drizzle-orm'
import { auditedTransaction, db, type Tx } from '#db/client.ts'
import { violatedConstraint } from '#db/errors.ts'
import { collections, homeSections, media, products } from '#db/schema/index.ts'
import { listPublishedPages } from '#app/domain/pages/pages.server.ts'
import { pagePath } from '#app/domain/pages/pages.ts'
import { isPublished } from '#app/domain/products/published.server.ts'
import {
  defaultHomeSections,
  type HomeSectionFacts,
  type HomeSectionKind,
  maxHomeSections,
} from './home-sections.ts'

const columns = {
  section: homeSections,
  collection: { title: collections.title, publishedAt: collections.publishedAt },
  image: {
    hash: media.hash,
    status: media.status,
    error: media.error,
    width: media.width,
    height: media.height,
  },
}

/** All sections in their order, hidden ones too; none while the home page has its default layout. */
export function listHomeSections() {
  return db
    .select(columns)
    .from(homeSections)
    .leftJoin(collections, eq(collections.id, homeSections.featuredCollectionId))
    .leftJoin(media, eq(media.hash, homeSections.mediaHash))
    .orderBy(asc(homeSections.position), asc(homeSections.id))
}

/** A section for its form; null when there is none. */
export async function getHomeSection(id: number) {
  const [row] = await db
    .select(columns)
    .from(homeSections)
    .leftJoin(collections, eq(collections.id, homeSections.featuredCollectionId))
    .leftJoin(media, eq(media.hash, homeSections.mediaHash))
    .where(eq(homeSections.id, id))
  return row ?? null
}

/** What a section's form offers: all collections and public pages, and the 100 products that were published last. */
export async function listLinkTargets() {
  const [collectionRows, productRows, pages] = await Promise.all([
    db
      .select({ id: collections.id, handle: collections.handle, title: collections.title })
      .from(collections)
      .orderBy(asc(collections.title), asc(collections.id))
      .limit(1_000),
    db
      .select({ handle: products.handle, title: products.title })
      .from(products)
      .where(isPublished)
      .orderBy(desc(products.publishedAt), asc(products.id))
      .limit(100),
    listPublishedPages(),
  ])
  return {
    collections: collectionRows,
    products: productRows,
    pages: pages.map((page) => ({ path: pagePath(page), title: page.title })),
  }
}

/** Stores the default layout as sections that can be changed. Does nothing when there are sections. */
export async function customizeHomePage(by: number): Promise<void> {
  await auditedTransaction(by, async (tx) => {
    if ((await lockSections(tx)).length === 0) await insertDefaults(tx)
  })
}

export type SaveHomeSectionRefusal = 'too-many' | 'collection-deleted' | 'stale' | 'not-found'
type Saved = { ok: true; id: number } | { ok: false; reason: SaveHomeSectionRefusal }

/** Adds a section at the end; to the default layout when there are none. Refuses more than 20. */
export async function createHomeSection(input: {
  kind: HomeSectionKind
  facts: HomeSectionFacts
  mediaHash: string | null
  by: number
}): Promise<Saved> {
  return saving(input.by, async (tx) => {
    const others = await lockSections(tx)
    if (others.length >= maxHomeSections) return { ok: false, reason: 'too-many' }
    const before = others.length === 0 ? await insertDefaults(tx) : others.length
    const [made] = await tx
      .insert(homeSections)
      .values({ ...input.facts, kind: input.kind, mediaHash: input.mediaHash, position: before + 1 })
      .returning({ id: homeSections.id })
    return { ok: true, id: made!.id }
  })
}

/** Saves a section's form; without `mediaHash` the image stays. Refused when it was saved since `version`. */
export async function updateHomeSection(input: {
  id: number
  version: number
  facts: HomeSectionFacts
  mediaHash?: string | null
  by: number
}): Promise<Saved> {
  const { id, version, facts, mediaHash } = input
  return saving(input.by, async (tx) => {
    const [saved] = await tx
      .update(homeSections)
      .set({ ...facts, mediaHash, version: version + 1, updatedAt: sql`now()` })
      .where(and(eq(homeSections.id, id), eq(homeSections.version, version)))
      .returning({ id: homeSections.id })
    if (saved) return { ok: true, id }
    return {
      ok: false,
      reason: (await tx.$count(homeSections, eq(homeSections.id, id))) ? 'stale' : 'not-found',
    }
  })
}

/** Hides a section from shoppers, or shows it again. Null when there is none. */
export async function setHomeSectionVisible(input: {
  id: number
  isVisible: boolean
  by: number
}): Promise<{ ok: true } | null> {
  const saved = await auditedTransaction(input.by, (tx) =>
    tx
      .update(homeSections)
      .set({ isVisible: input.isVisible, version: sql`${homeSections.version} + 1` })
      .where(eq(homeSections.id, input.id))
      .returning({ id: homeSections.id }),
  )
  return saved.length > 0 ? { ok: true } : null
}

/** Moves a section to `position` (1 is first), or to the end. False when there is none. */
export async function moveHomeSection(input: { id: number; position: number; by: number }): Promise<boolean> {
  return auditedTransaction(input.by, async (tx) => {
    const ids = await lockSections(tx)
    if (!ids.includes(input.id)) return false
    const others = ids.filter((id) => id !== input.id)
    others.splice(input.position - 1, 0, input.id)
    await renumber(tx, others)
    return true
  })
}

/** Deletes a section. Safe to repeat. After the last one, the home page has its default layout again. */
export async function deleteHomeSection(id: number, by: number): Promise<void> {
  await auditedTransaction(by, async (tx) => {
    const ids = await lockSections(tx)
    await tx.delete(homeSections).where(eq(homeSections.id, id))
    await renumber(
      tx,
      ids.filter((other) => other !== id),
    )
  })
}

/** The ids in their order. One transaction at a time changes the list. */
async function lockSections(tx: Tx): Promise<number[]> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('home sections'))`)
  const rows = await tx
    .select({ id: homeSections.id })
    .from(homeSections)
    .orderBy(asc(homeSections.position), asc(homeSections.id))
  return rows.map(({ id }) => id)
}

async function insertDefaults(tx: Tx): Promise<number> {
  const rows = defaultHomeSections.map((section, index) => ({ ...section, position: index + 1 }))
  await tx.insert(homeSections).values(rows)
  return rows.length
}

/** One statement; rows with the right position are not written. */
async function renumber(tx: Tx, ids: number[]) {
  await tx.execute(sql`
    update ${homeSections} s set position = place.position
    from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb) with ordinality as place (id, position)
    where s.id = place.id::bigint and s.position <> place.position`)
}

async function saving(by: number, work: (tx: Tx) => Promise<Saved>): Promise<Saved> {
  try {
    return await auditedTransaction(by, work)
  } catch (error) {
    if (violatedConstraint(error) === 'home_sections_featured_collection_id_collections_id_fk')
      return { ok: false, reason: 'collection-deleted' }
    throw error
  }
}
