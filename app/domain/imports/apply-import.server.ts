import { and, asc, eq, gt, inArray, isNull, sql } from 'drizzle-orm'
import { loadProductStates, lockProducts } from '#app/domain/products/product-states.server.ts'
import type { ProductState } from '#app/domain/products/product-state.ts'
import { writeProductStates } from '#app/domain/products/write-product-states.server.ts'
import { db, transaction, type Tx } from '#db/client.ts'
import { enqueue } from '#db/outbox.ts'
import { importChanges, importChunks, importProblems, imports } from '#db/schema/imports.ts'
import { fieldChanges } from './diff.ts'
import { requestImages } from './image-fetches.server.ts'
import { notifyUploader } from './notify-uploader.server.ts'
import { writeBatch } from './write-batch.server.ts'

type Change = typeof importChanges.$inferSelect
type Cause = { importId: number; byUserId: number | null }
type Conflict = 'not-found' | 'changed' | 'handle-taken' | 'refused'

const batchChanges = 100

const conflictMessages = {
  'not-found': 'Skipped: this product was deleted after the file was checked.',
  changed: 'Skipped: this product was changed after the file was checked. Upload the file again to compare.',
  'handle-taken':
    'Skipped: a product with this handle was created after the file was checked. Upload the file again to compare.',
  refused: 'Skipped: the database rejected this product. Nothing was changed.',
} satisfies Record<Conflict, string>

/**
 * Applies the change set to the catalog, a hundred products per transaction; each product is written together with its
 * mark, so an interrupted run resumes where it stopped and never leaves half a product. If a batch fails, its products
 * are written one by one and the failing one is reported. A product that changed since the dry run is skipped and
 * reported. Safe to run twice.
 */
export async function applyImport(importId: number): Promise<void> {
  const [found] = await db
    .update(imports)
    .set({ failure: null })
    .where(and(eq(imports.id, importId), eq(imports.status, 'applying')))
    .returning({ byUserId: imports.byUserId })
  if (!found) return
  const cause = { importId, byUserId: found.byUserId }
  let ids = await nextChanges(importId, 0)
  while (ids.length > 0) {
    await writeBatch(ids, {
      write: (tx, batch) => applyChanges(tx, batch, cause),
      refuse: (tx, id) => reportRefused(tx, id, cause),
    })
    ids = await nextChanges(importId, ids.at(-1)!)
  }
  await transaction(async (tx) => {
    await tx.delete(importChunks).where(eq(importChunks.importId, importId))
    const [done] = await tx
      .update(imports)
      .set({ status: 'applied', appliedAt: sql`now()` })
      .where(and(eq(imports.id, importId), eq(imports.status, 'applying')))
      .returning({ id: imports.id, byUserId: imports.byUserId, filename: imports.filename })
    if (!done) return
    await notifyUploader(tx, done, 'was applied')
    await enqueue(tx, 'fetch-images', {})
  })
}

async function nextChanges(importId: number, afterId: number): Promise<number[]> {
  const rows = await db
    .select({ id: importChanges.id })
    .from(importChanges)
    .where(
      and(
        eq(importChanges.importId, importId),
        isNull(importChanges.appliedAt),
        gt(importChanges.id, afterId),
        inArray(importChanges.action, ['create', 'update']),
      ),
    )
    .orderBy(asc(importChanges.id))
    .limit(batchChanges)
  return rows.map((row) => row.id)
}

async function applyChanges(tx: Tx, ids: number[], cause: Cause): Promise<void> {
  // The mark commits with the product, so work lost in a server crash is simply repeated.
  await tx.execute(sql`set local synchronous_commit = off`)
  const changes = await tx
    .select()
    .from(importChanges)
    .where(and(inArray(importChanges.id, ids), isNull(importChanges.appliedAt)))
    .orderBy(asc(importChanges.id))
    .for('update')
  const { writable, conflicts } = await findConflicts(tx, changes)
  const writes = writable.map((change) => ({
    id: change.action === 'update' ? change.productId : null,
    before: change.before as ProductState | null,
    after: change.after as ProductState,
  }))
  const productIds = await writeProductStates(tx, writes, cause)
  const applied = writable.flatMap((change, index) => {
    const productId = productIds[index] ?? null
    if (productId === null) conflicts.push([change, 'handle-taken'])
    return productId === null ? [] : [{ id: change.id, product_id: productId }]
  })
  await markApplied(tx, applied, cause.importId)
  await requestImages(
    tx,
    cause.importId,
    missingImages(writable.filter((_, index) => productIds[index] !== null)),
  )
  for (const [change, conflict] of conflicts) await report(tx, change, conflict)
}

/** Products that changed since the dry run. Sales since then do not count as a change. */
async function findConflicts(tx: Tx, changes: Change[]) {
  const updates = changes.filter((change) => change.action === 'update')
  const productIds = updates.flatMap((change) => change.productId ?? [])
  await lockProducts(tx, productIds)
  const present = await loadProductStates(
    tx,
    updates.map((change) => change.handle),
  )
  const writable: Change[] = []
  const conflicts: [Change, Conflict][] = []
  for (const change of changes) {
    const known = present.get(change.handle)
    if (change.action === 'create') writable.push(change)
    else if (!known || known.id !== change.productId) conflicts.push([change, 'not-found'])
    else if (hasSnapshotChanged(change, known)) conflicts.push([change, 'changed'])
    else writable.push(change)
  }
  return { writable, conflicts }
}

function hasSnapshotChanged(change: Change, known: { version: number; state: ProductState }): boolean {
  if (known.version !== change.productVersion) return true
  return fieldChanges(withoutStock(change.before as ProductState), withoutStock(known.state)).length > 0
}

function withoutStock(state: ProductState): ProductState {
  return { ...state, variants: state.variants.map((variant) => ({ ...variant, stock: 0 })) }
}

/** Images of which only the URL is known. */
function missingImages(changes: Change[]): string[] {
  return changes.flatMap(({ after }) =>
    (after as ProductState).images.flatMap(({ mediaHash, sourceUrl }) =>
      mediaHash === null && sourceUrl ? [sourceUrl] : [],
    ),
  )
}

async function markApplied(tx: Tx, applied: { id: number; product_id: number }[], importId: number) {
  if (applied.length === 0) return
  await tx.execute(sql`
    update ${importChanges} c set applied_at = now(), product_id = d.product_id
    from jsonb_to_recordset(${JSON.stringify(applied)}::jsonb) as d (id bigint, product_id bigint)
    where c.id = d.id`)
  await tx
    .update(imports)
    .set({ appliedCount: sql`${imports.appliedCount} + ${applied.length}` })
    .where(eq(imports.id, importId))
}

async function reportRefused(tx: Tx, changeId: number, cause: Cause): Promise<void> {
  const [change] = await tx
    .select()
    .from(importChanges)
    .where(and(eq(importChanges.id, changeId), eq(importChanges.importId, cause.importId)))
  if (change) await report(tx, change, 'refused')
}

/** Once per product, however often the job runs. */
async function report(tx: Tx, change: Change, conflict: Conflict): Promise<void> {
  const { importId, line, handle } = change
  const message = conflictMessages[conflict]
  const same = and(
    eq(importProblems.importId, importId),
    eq(importProblems.severity, 'error'),
    eq(importProblems.line, line),
    eq(importProblems.message, message),
  )
  if ((await tx.$count(importProblems, same)) > 0) return
  await tx.insert(importProblems).values({ importId, line, handle, message, severity: 'error' })
  await tx
    .update(imports)
    .set({ errorCount: sql`${imports.errorCount} + 1` })
    .where(eq(imports.id, importId))
}
