import { and, asc, eq, inArray, isNotNull, notInArray, sql } from 'drizzle-orm'
import { auditedTransaction, db, type Tx } from '#db/client.ts'
import { violatedConstraint } from '#db/errors.ts'
import {
  collections,
  products,
  promotionCodes,
  promotionItems,
  promotionRedemptions,
  promotions,
} from '#db/schema/index.ts'
import type { Chosen, PromotionFacts } from './promotion.schema.ts'
import type { PromotionKind } from './promotions.ts'

export type SavePromotionRefusal = 'code-taken' | 'has-codes' | 'items-deleted' | 'gets-deleted' | 'stale'
type Saved = { ok: true; id: number } | { ok: false; reason: SavePromotionRefusal }
type NotFound = { ok: false; reason: 'not-found' }

/** Creates a promotion with its products and collections. */
export async function createPromotion(input: {
  kind: PromotionKind
  facts: PromotionFacts
  by: number
}): Promise<Saved> {
  const { kind, facts } = input
  return saving<never>(input.by, async (tx) => {
    if (await isGeneratedCode(tx, facts.row.code)) return { ok: false, reason: 'code-taken' }
    const lists = await lockItems(tx, facts)
    if (typeof lists === 'string') return { ok: false, reason: lists }
    const [made] = await tx
      .insert(promotions)
      .values({ ...facts.row, kind })
      .returning({ id: promotions.id })
    await setItems(tx, made!.id, lists)
    return { ok: true, id: made!.id }
  })
}

/** Saves a promotion's form. Orders that used it keep their discount. Refused when it was saved since `version`. */
export async function updatePromotion(input: {
  id: number
  version: number
  facts: PromotionFacts
  by: number
}): Promise<Saved | NotFound> {
  const { id, version, facts } = input
  return saving<NotFound>(input.by, async (tx) => {
    const taken = await isGeneratedCode(tx, facts.row.code)
    const stored = await lockPromotion(tx, id)
    if (!stored) return { ok: false, reason: 'not-found' }
    if (stored.version !== version) return { ok: false, reason: 'stale' }
    if (taken) return { ok: false, reason: 'code-taken' }
    const isGenerated = !facts.row.isAutomatic && facts.row.code === null
    if (stored.generatedCodes > 0 && !isGenerated) return { ok: false, reason: 'has-codes' }
    const lists = await lockItems(tx, facts)
    if (typeof lists === 'string') return { ok: false, reason: lists }
    await tx
      .update(promotions)
      .set({ ...facts.row, version: version + 1, updatedAt: sql`now()` })
      .where(eq(promotions.id, id))
    await setItems(tx, id, lists)
    return { ok: true, id }
  })
}

/**
 * Ends a promotion now. One that has not started, or started less than a minute ago, gets a start one minute ago, so
 * that its start and end differ in a form, too. Null when there is none.
 */
export async function endPromotion(
  id: number,
  by: number,
): Promise<{ ok: true } | { ok: false; reason: 'ended' } | null> {
  return auditedTransaction(by, async (tx) => {
    const stored = await lockPromotion(tx, id)
    if (!stored) return null
    const [ended] = await tx
      .update(promotions)
      .set({
        startsAt: sql`least(${promotions.startsAt}, now() - interval '1 minute')`,
        endsAt: sql`now()`,
        version: stored.version + 1,
        updatedAt: sql`now()`,
      })
      .where(and(eq(promotions.id, id), sql`coalesce(${promotions.endsAt} > now(), true)`))
      .returning({ id: promotions.id })
    return ended ? { ok: true } : { ok: false, reason: 'ended' }
  })
}

/** Deletes a promotion and its codes. Refused once an order used it: the order's row names it. Null when there is none. */
export async function deletePromotion(
  id: number,
  by: number,
): Promise<{ ok: true; title: string } | { ok: false; reason: 'used' } | null> {
  try {
    const [deleted] = await auditedTransaction(by, (tx) =>
      tx.delete(promotions).where(eq(promotions.id, id)).returning({ title: promotions.title }),
    )
    return deleted ? { ok: true, title: deleted.title } : null
  } catch (error) {
    if (violatedConstraint(error) === 'promotion_redemptions_promotion_id_promotions_id_fk')
      return { ok: false, reason: 'used' }
    throw error
  }
}

/** A promotion for its pages, with its products and collections; null when there is none. */
export async function getPromotionForStaff(id: number) {
  const [promotion] = await db.select().from(promotions).where(eq(promotions.id, id))
  if (!promotion) return null
  const [items, redemptions] = await Promise.all([
    db
      .select()
      .from(promotionItems)
      .where(eq(promotionItems.promotionId, id))
      .orderBy(asc(promotionItems.id)),
    db.$count(promotionRedemptions, eq(promotionRedemptions.promotionId, id)),
  ])
  const listOf = (isGet: boolean) => {
    const chosen = items.filter((item) => item.isGet === isGet)
    return {
      productIds: chosen.flatMap(({ productId }) => productId ?? []),
      collectionIds: chosen.flatMap(({ collectionId }) => collectionId ?? []),
    }
  }
  return { promotion, items: listOf(false), gets: listOf(true), wasUsed: redemptions > 0 }
}

/**
 * Locks the promotion until the transaction ends; orders that use it wait, or this waits for them. Undefined when there
 * is none.
 */
export async function lockPromotion(tx: Tx, id: number) {
  const [row] = await tx
    .select({
      version: promotions.version,
      isAutomatic: promotions.isAutomatic,
      code: promotions.code,
      generatedCodes: promotions.generatedCodes,
    })
    .from(promotions)
    .where(eq(promotions.id, id))
    .for('no key update')
  return row
}

/** Codes of promotions and generated codes are unique together: one transaction at a time adds some. */
export async function lockCodes(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('promotion codes'))`)
}

async function isGeneratedCode(tx: Tx, code: string | null): Promise<boolean> {
  if (code === null) return false
  await lockCodes(tx)
  return (await tx.$count(promotionCodes, eq(promotionCodes.code, code))) > 0
}

type Kept = { productIds: number[]; collectionIds: number[] }
type Lists = { isGet: boolean; kept: Kept }[]

/**
 * The chosen products and collections that still exist; they cannot be deleted until the transaction ends. Returns the
 * reason when nothing is left of a list.
 */
async function lockItems(
  tx: Tx,
  { items, gets }: PromotionFacts,
): Promise<Lists | 'items-deleted' | 'gets-deleted'> {
  const isEmpty = (chosen: Chosen, { productIds, collectionIds }: Kept) =>
    chosen !== null && productIds.length + collectionIds.length === 0
  const [kept, keptGets] = [await lockChosen(tx, items), await lockChosen(tx, gets)]
  if (isEmpty(items, kept)) return 'items-deleted'
  if (isEmpty(gets, keptGets)) return 'gets-deleted'
  return [
    { isGet: false, kept },
    { isGet: true, kept: keptGets },
  ]
}

async function lockChosen(tx: Tx, chosen: Chosen): Promise<Kept> {
  const lock = async (table: typeof products | typeof collections, ids: number[]) => {
    if (ids.length === 0) return []
    const isChosen = inArray(table.id, ids)
    const rows = await tx
      .select({ id: table.id })
      .from(table)
      .where(isChosen)
      .orderBy(asc(table.id))
      .for('key share')
    return rows.map(({ id }) => id)
  }
  return {
    productIds: await lock(products, chosen?.productIds ?? []),
    collectionIds: await lock(collections, chosen?.collectionIds ?? []),
  }
}

/** Writes only the differences. */
async function setItems(tx: Tx, promotionId: number, lists: Lists): Promise<void> {
  for (const { isGet, kept } of lists) {
    const isInList = and(eq(promotionItems.promotionId, promotionId), eq(promotionItems.isGet, isGet))
    for (const [column, ids] of [
      [promotionItems.productId, kept.productIds],
      [promotionItems.collectionId, kept.collectionIds],
    ] as const)
      await tx.delete(promotionItems).where(and(isInList, isNotNull(column), notInArray(column, [0, ...ids])))
    const rows = [
      ...kept.productIds.map((productId) => ({ promotionId, isGet, productId })),
      ...kept.collectionIds.map((collectionId) => ({ promotionId, isGet, collectionId })),
    ]
    if (rows.length > 0) await tx.insert(promotionItems).values(rows).onConflictDoNothing()
  }
}

async function saving<Result>(
  by: number,
  work: (tx: Tx) => Promise<Result | Saved>,
): Promise<Result | Saved> {
  try {
    return await auditedTransaction(by, work)
  } catch (error) {
    if (violatedConstraint(error) === 'promotions_code_key') return { ok: false, reason: 'code-taken' }
    throw error
  }
}
