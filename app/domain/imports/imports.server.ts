import { and, asc, count, desc, eq, inArray, sql } from 'drizzle-orm'
import { auditedTransaction, db, type Tx } from '#db/client.ts'
import { enqueue } from '#db/outbox.ts'
import { users } from '#db/schema/accounts.ts'
import { importChanges, importChunks, importProblems, imports } from '#db/schema/imports.ts'
import { isApplicable, isDiscardable, isReadable, type ImportAction } from './imports.ts'

export const importsPerPage = 20
export const changesPerPage = 25
export const problemsPerPage = 50

export type Import = typeof imports.$inferSelect

/** The newest imports first, and how many there are. Pages count from 1. */
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

/** One page of the change set, in the order of the file. */
export async function listChanges(importId: number, action: ImportAction, page: number) {
  return db
    .select()
    .from(importChanges)
    .where(and(eq(importChanges.importId, importId), eq(importChanges.action, action)))
    .orderBy(asc(importChanges.id))
    .limit(changesPerPage)
    .offset((page - 1) * changesPerPage)
}

/** One page of the problems of a kind by line, and how many of them are kept. */
export async function listProblems(importId: number, severity: 'error' | 'warning', page: number) {
  const where = and(eq(importProblems.importId, importId), eq(importProblems.severity, severity))
  const [rows, [total]] = await Promise.all([
    db
      .select()
      .from(importProblems)
      .where(where)
      .orderBy(asc(importProblems.line), asc(importProblems.id))
      .limit(problemsPerPage)
      .offset((page - 1) * problemsPerPage),
    db.select({ count: count() }).from(importProblems).where(where),
  ])
  return { problems: rows, total: total!.count }
}

export type ImportAnswer = { ok: true } | { ok: false; reason: 'gone' | 'not-now' }

/** Starts writing the change set, or takes it up again after a fault. Asked twice, it starts once. */
export async function startApplying(id: number, by: number): Promise<ImportAnswer> {
  return move(id, by, async (found, tx) => {
    if (!isApplicable(found)) return false
    await tx.update(imports).set({ status: 'applying', failure: null }).where(eq(imports.id, id))
    await enqueue(tx, 'apply-import', { importId: id })
    return true
  })
}

/** Compares the file with the catalogue once more. */
export async function startReading(id: number, by: number): Promise<ImportAnswer> {
  return move(id, by, async (found, tx) => {
    if (!isReadable(found)) return false
    await tx.update(imports).set({ status: 'uploaded', failure: null }).where(eq(imports.id, id))
    await enqueue(tx, 'read-import', { importId: id })
    return true
  })
}

/** Forgets the file and its change set; the line in the list stays. Nothing of the catalogue changes. */
export async function discardImport(id: number, by: number): Promise<ImportAnswer> {
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

/** Says on the import's page that its job stumbled; the queue tries again by itself. */
export async function noteFault(id: number): Promise<void> {
  await db
    .update(imports)
    .set({ failure: 'Something went wrong on our side. It is tried again by itself in a moment.' })
    .where(and(eq(imports.id, id), inArray(imports.status, ['uploaded', 'reading', 'applying'])))
}

async function move(
  id: number,
  by: number,
  step: (found: Import, tx: Tx) => Promise<boolean>,
): Promise<ImportAnswer> {
  return auditedTransaction(by, async (tx): Promise<ImportAnswer> => {
    const [found] = await tx.select().from(imports).where(eq(imports.id, id)).for('update')
    if (!found) return { ok: false, reason: 'gone' }
    return (await step(found, tx)) ? { ok: true } : { ok: false, reason: 'not-now' }
  })
}
