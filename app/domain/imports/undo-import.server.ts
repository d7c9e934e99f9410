import { isDeepStrictEqual } from 'node:util'
import { and, asc, eq, gt, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import {
  type KnownProduct,
  lockProducts,
  readProductStates,
} from '#app/domain/products/product-states.server.ts'
import type { ProductState } from '#app/domain/products/product-state.ts'
import { type ProductWrite, writeProductStates } from '#app/domain/products/write-product-states.server.ts'
import { deleteProducts } from '#app/domain/products/delete-product.server.ts'
import { db, transaction, type Tx } from '#db/client.ts'
import {
  collectionProducts,
  importChanges,
  imports,
  orderLines,
  promotionItems,
  relatedProducts,
  reviews,
  searchBoosts,
  searchPinProducts,
} from '#db/schema/index.ts'
import { notifyUploader } from './notify-uploader.server.ts'
import { writeBatch } from './write-batch.server.ts'

type Change = typeof importChanges.$inferSelect
type Kept = NonNullable<Change['keptReason']>
type Cause = { importId: number; byUserId: number | null }

const batchChanges = 100

/**
 * Takes an applied import back, a hundred products per transaction: new products are deleted, changed ones become what
 * they were, and stock changes by the difference that the import made. A product that anyone changed since, or that
 * needs its new variants for an order, stays as it is and gets the reason. Each product is written together with its
 * mark, so an interrupted run resumes. Safe to run twice.
 */
export async function undoImport(importId: number): Promise<void> {
  const [found] = await db
    .update(imports)
    .set({ failure: null })
    .where(and(eq(imports.id, importId), eq(imports.status, 'undoing')))
    .returning({ byUserId: imports.byUserId })
  if (!found) return
  const cause = { importId, byUserId: found.byUserId }
  for (const action of ['update', 'create'] as const) {
    let ids = await nextChanges(importId, { action, afterId: 0 })
    while (ids.length > 0) {
      await writeBatch(ids, {
        write: (tx, batch) => undoChanges(tx, batch, cause),
        refuse: (tx, id) => mark(tx, [{ id, kept: 'refused' }], importId),
      })
      ids = await nextChanges(importId, { action, afterId: ids.at(-1)! })
    }
  }
  await transaction(async (tx) => {
    const [done] = await tx
      .update(imports)
      .set({ status: 'undone', undoneAt: sql`now()` })
      .where(and(eq(imports.id, importId), eq(imports.status, 'undoing')))
      .returning({ id: imports.id, byUserId: imports.byUserId, filename: imports.filename })
    if (done) await notifyUploader(tx, done, 'was undone')
  })
}

const isOpen = and(
  isNotNull(importChanges.appliedAt),
  isNull(importChanges.undoneAt),
  isNull(importChanges.keptReason),
)

async function nextChanges(
  importId: number,
  { action, afterId }: { action: 'update' | 'create'; afterId: number },
): Promise<number[]> {
  const rows = await db
    .select({ id: importChanges.id })
    .from(importChanges)
    .where(
      and(
        eq(importChanges.importId, importId),
        eq(importChanges.action, action),
        gt(importChanges.id, afterId),
        isOpen,
      ),
    )
    .orderBy(asc(importChanges.id))
    .limit(batchChanges)
  return rows.map((row) => row.id)
}

async function undoChanges(tx: Tx, ids: number[], cause: Cause): Promise<void> {
  const changes = await tx
    .select()
    .from(importChanges)
    .where(and(inArray(importChanges.id, ids), isOpen))
    .orderBy(asc(importChanges.id))
    .for('update')
  const productIds = changes.flatMap(({ productId }) => productId ?? [])
  await lockProducts(tx, productIds)
  const known = new Map((await readProductStates(tx, productIds)).map((product) => [product.id, product]))
  const [ordered, used] = [await findOrdered(tx, productIds), await findUsed(tx, productIds)]
  const verdicts = changes.map((change) => {
    const product = known.get(change.productId ?? 0)
    if (!product) return { change, undo: 'deleted' as const }
    return { change, undo: planUndo(change, product, { ordered, isUsed: used.has(product.id) }) }
  })
  const writes = verdicts.flatMap(({ undo }) => (typeof undo === 'object' ? [undo] : []))
  await writeProductStates(tx, writes, cause)
  const created = verdicts.flatMap(({ change, undo }) => (undo === 'delete' ? (change.productId ?? []) : []))
  await deleteProducts(tx, created)
  const marks = verdicts.map(({ change, undo }) => ({
    id: change.id,
    kept: typeof undo === 'object' || undo === 'delete' ? null : undo,
  }))
  await mark(tx, marks, cause.importId)
}

type Ordered = { products: Set<number>; variants: Set<number> }

/** The write that takes the change back, or why the product stays as it is. */
function planUndo(
  { action, before, after }: Change,
  { id, state }: KnownProduct,
  { ordered, isUsed }: { ordered: Ordered; isUsed: boolean },
): ProductWrite | 'delete' | Kept {
  const [imported, former] = [after as ProductState, before as ProductState | null]
  if (!isDeepStrictEqual(contentOf(imported), contentOf(state))) return 'changed'
  if (action === 'create') {
    if (ordered.products.has(id)) return 'ordered'
    if (state.variants.some(({ stock }, index) => stock !== imported.variants[index]!.stock)) return 'changed'
    return isUsed ? 'in-use' : 'delete'
  }
  const restored = restore(former!, { imported, current: state })
  const kept = new Set(restored.variants.map((variant) => variant.id))
  if (state.variants.some((variant) => !kept.has(variant.id) && ordered.variants.has(variant.id!)))
    return 'ordered'
  const currentStock = new Map(state.variants.map((variant) => [variant.id, variant.stock]))
  const isShort = restored.variants.some(
    ({ id, stock, trackStock, allowBackorder }, index) =>
      trackStock &&
      !allowBackorder &&
      stock < Math.min(0, former!.variants[index]!.stock) &&
      stock < (currentStock.get(id) ?? stock),
  )
  return isShort ? 'sold' : { id, before: state, after: restored }
}

/** What the import wrote, without IDs and stock; an image that was fetched since is still the same. */
function contentOf(state: ProductState) {
  return {
    ...state,
    images: state.images.map(({ alt, mediaHash, sourceUrl }) => ({ alt, source: sourceUrl ?? mediaHash })),
    variants: state.variants.map(({ id: _, stock: __, ...content }) => content),
  }
}

/** The state before the import; what the import removed gets new IDs, and sales since then are kept. */
function restore(
  former: ProductState,
  { imported, current }: { imported: ProductState; current: ProductState },
): ProductState {
  const images = new Set(current.images.map(({ id }) => id))
  const variants = new Map(current.variants.map((variant) => [variant.id, variant]))
  const importedStock = new Map(imported.variants.map(({ id, stock }) => [id, stock]))
  return {
    ...former,
    images: former.images.map((image) => ({ ...image, id: images.has(image.id) ? image.id : null })),
    variants: former.variants.map((variant) => {
      const present = variants.get(variant.id)
      if (!present) return { ...variant, id: null }
      const delta = (importedStock.get(variant.id) ?? variant.stock) - variant.stock
      return { ...variant, stock: present.stock - delta }
    }),
  }
}

async function findOrdered(tx: Tx, productIds: number[]): Promise<Ordered> {
  const rows = await tx
    .selectDistinct({ productId: orderLines.productId, variantId: orderLines.variantId })
    .from(orderLines)
    .where(inArray(orderLines.productId, [0, ...productIds]))
  return {
    products: new Set(rows.flatMap(({ productId }) => productId ?? [])),
    variants: new Set(rows.flatMap(({ variantId }) => variantId ?? [])),
  }
}

/** Products that staff or shoppers have used for something that deleting them would delete, too. */
async function findUsed(tx: Tx, productIds: number[]): Promise<Set<number>> {
  const uses = [
    [collectionProducts, collectionProducts.productId],
    [promotionItems, promotionItems.productId],
    [relatedProducts, relatedProducts.productId],
    [relatedProducts, relatedProducts.relatedId],
    [reviews, reviews.productId],
    [searchPinProducts, searchPinProducts.productId],
    [searchBoosts, searchBoosts.productId],
  ] as const
  const used = new Set<number>()
  for (const [table, column] of uses) {
    const rows = await tx
      .selectDistinct({ id: column })
      .from(table)
      .where(inArray(column, [0, ...productIds]))
    for (const { id } of rows) if (id !== null) used.add(id)
  }
  return used
}

async function mark(tx: Tx, marks: { id: number; kept: Kept | null }[], importId: number): Promise<void> {
  await tx.execute(sql`
    update ${importChanges} c set
      undone_at = case when d.kept is null then now() end, kept_reason = d.kept
    from jsonb_to_recordset(${JSON.stringify(marks)}::jsonb) as d (id bigint, kept import_kept_reason)
    where c.id = d.id`)
  const kept = marks.filter((each) => each.kept !== null).length
  await tx
    .update(imports)
    .set({
      undoneCount: sql`${imports.undoneCount} + ${marks.length - kept}`,
      keptCount: sql`${imports.keptCount} + ${kept}`,
    })
    .where(eq(imports.id, importId))
}
