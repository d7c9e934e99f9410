import { and, asc, count, desc, eq, inArray, isNotNull, sql } from 'drizzle-orm'
import { auditedTransaction, db, type Tx } from '#db/client.ts'
import { enqueue } from '#db/outbox.ts'
import { users } from '#db/schema/accounts.ts'
import { importChanges, importChunks, importProblems, imports } from '#db/schema/imports.ts'
import { isApplicable, isDiscardable, isReadable, isUndoable, type ImportAction } from './imports.ts'

export const importsPerPage = 20
export const changesPerPage = 25
export const issuesPerPage = 50

export type Import = typeof imports.$inferSelect

/** The newest imports first, and the total count. Pages count from 1. */
export async function listImports(page: number) {
  const [rows, [total]] = await Promise.all([
    db
      .select({ import: imports, by: users.name })
      .from(imports)
      .leftJoin(users, eq(users.id, imports.byUserId))
      .orderBy(desc(imports.createdAt), desc(imports.id))
      .limit(importsPerPage)
      .offset((page - 1) * importsPerPage),
    db.select({ count: count() }).from(imports),
  ])
  return { imports: rows.map((row) => ({ ...row.import, by: row.by })), total: total!.count }
}

export async function getImport(id: number): Promise<Import | null> {
  const [row] = await db.select().from(imports).where(eq(imports.id, id))
  return row ?? null
}

/** One page of the change set, in file order. */
export async function listChanges(importId: number, action: ImportAction, page: number) {
  return db
    .select()
    .from(importChanges)
    .where(and(eq(importChanges.importId, importId), eq(importChanges.action, action)))
    .orderBy(asc(importChanges.id))
    .limit(changesPerPage)
    .offset((page - 1) * changesPerPage)
}

/** How many products of each action were written. */
export async function countApplied(importId: number): Promise<{ create: number; update: number }> {
  const isApplied = and(eq(importChanges.importId, importId), isNotNull(importChanges.appliedAt))
  const [create, update] = await Promise.all([
    db.$count(importChanges, and(isApplied, eq(importChanges.action, 'create'))),
    db.$count(importChanges, and(isApplied, eq(importChanges.action, 'update'))),
  ])
  return { create, update }
}

export type KeptProduct = Awaited<ReturnType<typeof listKept>>[number]

/** One page of the products that undoing the import left as they were, in file order. */
export async function listKept(importId: number, page: number) {
  const rows = await db
    .select({
      id: importChanges.id,
      handle: importChanges.handle,
      title: importChanges.title,
      productId: importChanges.productId,
      reason: importChanges.keptReason,
    })
    .from(importChanges)
    .where(and(eq(importChanges.importId, importId), isNotNull(importChanges.keptReason)))
    .orderBy(asc(importChanges.id))
    .limit(changesPerPage)
    .offset((page - 1) * changesPerPage)
  return rows.map((row) => ({ ...row, reason: row.reason! }))
}

/** One page of the issues of one severity, by line, and how many of them are used. */
export async function listIssues(importId: number, severity: 'error' | 'warning', page: number) {
  const where = and(eq(importProblems.importId, importId), eq(importProblems.severity, severity))
  const [rows, [total]] = await Promise.all([
    db
      .select()
      .from(importProblems)
      .where(where)
      .orderBy(asc(importProblems.line), asc(importProblems.id))
      .limit(issuesPerPage)
      .offset((page - 1) * issuesPerPage),
    db.select({ count: count() }).from(importProblems).where(where),
  ])
  return { issues: rows, total: total!.count }
}

/** All stored issues of one severity, by line. */
export async function listAllIssues(importId: number, severity: 'error' | 'warning') {
  return db
    .select()
    .from(importProblems)
    .where(and(eq(importProblems.importId, importId), eq(importProblems.severity, severity)))
    .orderBy(asc(importProblems.line), asc(importProblems.id))
}

export type ImportCommandResult = { ok: true } | { ok: false; reason: 'not-found' | 'wrong-state' }

/** Starts applying the change set, or resumes it after a failure. Safe to repeat: it starts once. */
export async function startApplying(id: number, by: number): Promise<ImportCommandResult> {
  return move(id, by, async (found, tx) => {
    if (!isApplicable(found)) return false
    await tx.update(imports).set({ status: 'applying', failure: null }).where(eq(imports.id, id))
    await enqueue(tx, 'apply-import', { importId: id })
    return true
  })
}

/** Starts undoing the import, or resumes it after a failure. Safe to repeat: it starts once. */
export async function startUndoing(id: number, by: number): Promise<ImportCommandResult> {
  return move(id, by, async (found, tx) => {
    if (!isUndoable(found)) return false
    await tx.update(imports).set({ status: 'undoing', failure: null }).where(eq(imports.id, id))
    await enqueue(tx, 'undo-import', { importId: id })
    return true
  })
}

/** Compares the file with the catalog again. */
export async function startReading(id: number, by: number): Promise<ImportCommandResult> {
  return move(id, by, async (found, tx) => {
    if (!isReadable(found)) return false
    await tx.update(imports).set({ status: 'uploaded', failure: null }).where(eq(imports.id, id))
    await enqueue(tx, 'read-import', { importId: id })
    return true
  })
}

/** Deletes the file and its change set; the import stays in the list. The catalog is not changed. */
export async function discardImport(id: number, by: number): Promise<ImportCommandResult> {
  return move(id, by, async (found, tx) => {
    if (!isDiscardable(found)) return false
    await tx.execute(sql`set local statement_timeout = 0`)
    await tx.update(imports).set({ status: 'discarded', failure: null }).where(eq(imports.id, id))
    await tx.delete(importChunks).where(eq(importChunks.importId, id))
    await tx.delete(importChanges).where(eq(importChanges.importId, id))
    await tx.delete(importProblems).where(eq(importProblems.importId, id))
    return true
  })
}

const running = ['uploaded', 'reading', 'applying', 'undoing'] as const

/** Shows on the import's page that its job failed once; the queue retries it. */
export async function recordFailure(id: number): Promise<void> {
  await db
    .update(imports)
    .set({ failure: 'Something went wrong. It will be retried automatically.' })
    .where(and(eq(imports.id, id), inArray(imports.status, running)))
}

async function move(
  id: number,
  by: number,
  step: (found: Import, tx: Tx) => Promise<boolean>,
): Promise<ImportCommandResult> {
  return auditedTransaction(by, async (tx): Promise<ImportCommandResult> => {
    const [found] = await tx.select().from(imports).where(eq(imports.id, id)).for('update')
    if (!found) return { ok: false, reason: 'not-found' }
    return (await step(found, tx)) ? { ok: true } : { ok: false, reason: 'wrong-state' }
  })
}

/**
 * Marks an import whose job failed in every attempt, as a step of the caller's transaction. Applying and undoing keep
 * their state and can be resumed; a dry run has to start again. Returns the filename; null when the import was not running.
 */
export async function recordImportFailure(tx: Tx, importId: number): Promise<string | null> {
  const [failed] = await tx
    .update(imports)
    .set({
      status: sql`case when ${imports.status} in ('applying', 'undoing') then ${imports.status} else 'failed' end`,
      failure: 'This failed after several attempts. Try again.',
    })
    .where(and(eq(imports.id, importId), inArray(imports.status, running)))
    .returning({ filename: imports.filename })
  return failed?.filename ?? null
}
