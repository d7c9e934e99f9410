import type { MoneyFormat } from '#app/domain/money.ts'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { loadProductStates, type KnownProduct } from '#app/domain/products/product-states.server.ts'
import { sanitizeDescription } from '#app/domain/products/sanitize.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { db, transaction, type Tx } from '#db/client.ts'
import { importChanges, importChunks, importProblems, imports } from '#db/schema/imports.ts'
import { fieldChanges } from './diff.ts'
import { readHeader, type Columns } from './csv-format.ts'
import { mergeProduct } from './merge-product.ts'
import { createGrouper } from './create-grouper.ts'
import { detectFormat } from './detect-format.server.ts'
import type { FileFormat } from './file-format.ts'
import { parseProduct, type ParsedProduct, type ParseOptions } from './parse-product.ts'
import type { RowGroup, RowGrouper } from './product-rows.ts'
import type { ImportIssue } from './issue.ts'
import { readRows } from './read-rows.server.ts'
import { notifyUploader } from './notify-uploader.server.ts'

type Import = typeof imports.$inferSelect
type NewChange = typeof importChanges.$inferInsert
type Pending = ParsedProduct & { handle: string; line: number }
type Verdict = { change: NewChange | null; issues: ImportIssue[] }

const batchProducts = 250
const batchSize = 8 * 1024 * 1024
/** Issues beyond this many of a severity are counted, not stored. */
export const maxStoredIssues = 10_000

/** Another run has taken over this import, or it was discarded. */
const superseded = Symbol('superseded')

/**
 * The dry run: streams the file, compares each product with the catalog, and writes the change set. The catalog is not
 * changed. Starts from the beginning each time, so it is safe to run twice, even concurrently: each batch is written
 * only where the run before it stopped.
 */
export async function readImport(importId: number, now: Date): Promise<void> {
  const found = await begin(importId)
  if (!found) return
  const settings = await getSettings()
  if (!settings) throw new Error('An import was uploaded before the store was set up')
  const run = new Run(found, now)
  try {
    await run.readAll(settings)
  } catch (error) {
    if (error !== superseded) throw error
  }
}

/** Clears the change set of an earlier run. Null when there is nothing left to read. */
async function begin(importId: number): Promise<Import | null> {
  return transaction(async (tx) => {
    await tx.execute(sql`set local statement_timeout = 0`)
    const counts = {
      rowsRead: 0,
      bytesRead: 0,
      createCount: 0,
      updateCount: 0,
      unchangedCount: 0,
      skippedCount: 0,
      errorCount: 0,
      warningCount: 0,
    }
    const [row] = await tx
      .update(imports)
      .set({ status: 'reading', failure: null, headers: [], format: null, readAt: null, ...counts })
      .where(
        and(
          eq(imports.id, importId),
          inArray(imports.status, ['uploaded', 'reading']),
          sql`${imports.byteSize} > 0`,
        ),
      )
      .returning()
    if (!row) return null
    await tx.delete(importChanges).where(eq(importChanges.importId, importId))
    await tx.delete(importProblems).where(eq(importProblems.importId, importId))
    return row
  })
}

class Run {
  #import: Import
  #now: Date
  #pending: Pending[] = []
  #pendingSize = 0
  #repeated: string[] = []
  #progress = { bytes: 0 }
  #rows = 0
  #writtenRows = 0
  #stored = { error: 0, warning: 0 }

  constructor(found: Import, now: Date) {
    this.#import = found
    this.#now = now
  }

  async readAll(shop: MoneyFormat): Promise<void> {
    const { currency, currencyDigits, locale } = shop
    const detected = await detectFormat(chunksOf(this.#import.id), { locale })
    if (!detected.ok) return this.#fail(detected.message)
    const { format } = detected
    const options = { numbers: { notation: format.numbers, currency, currencyDigits, locale }, sanitize }
    let products: RowGrouper | undefined
    for await (const answer of readRows(chunksOf(this.#import.id), this.#progress, format)) {
      if (!answer.ok) return this.#fail(answer.message)
      if (!products) {
        const header = readHeader(answer.row.cells)
        if (!header.ok) return this.#fail(header.message)
        products = createGrouper(header.columns, format.numbers, this.#now)
        await this.#writeHeader(header.columns, format)
        continue
      }
      this.#rows++
      await this.#take(products.push(answer.row), products.columns, options)
    }
    if (products) await this.#take(products.end(), products.columns, options)
    await this.#flush()
    if (this.#rows === 0) return this.#fail('The file has column names but no products.')
    await this.#finish()
  }

  async #take(groups: RowGroup[], columns: Columns, options: ParseOptions): Promise<void> {
    for (const group of groups) await this.#takeOne(group, parseProduct(group, columns, options))
  }

  async #takeOne(group: RowGroup, parsed: ParsedProduct): Promise<void> {
    this.#pending.push({ ...parsed, handle: group.handle, line: group.line })
    this.#pendingSize += group.size
    if (group.repeated) this.#repeated.push(group.handle)
    if (this.#pending.length >= batchProducts || this.#pendingSize >= batchSize) await this.#flush()
  }

  /** Compares the waiting products with the catalog and writes the result. */
  async #flush(): Promise<void> {
    const pending = this.#pending
    this.#pending = []
    this.#pendingSize = 0
    const handles = pending.flatMap(({ product }) => (product ? [product.handle] : []))
    const known = await loadProductStates(db, handles)
    const verdicts = pending.map((parsed) => this.#judge(parsed, known.get(parsed.handle)))
    await this.#write(verdicts, pending)
  }

  #judge({ product, issues, handle, line }: Pending, known: KnownProduct | undefined): Verdict {
    if (!product) return { change: null, issues }
    const base = {
      importId: this.#import.id,
      line,
      handle,
      productId: known?.id,
      productVersion: known?.version,
    }
    if (known && !this.#import.overwrite) {
      return { change: { ...base, title: known.state.title, action: 'skip', after: {} }, issues: [] }
    }
    const merged = mergeProduct(known?.state ?? null, product, this.#now)
    if (!merged.ok) return { change: null, issues: [...issues, ...merged.issues] }
    const after = merged.state
    const title = after.title
    const all = [...issues, ...merged.warnings]
    if (!known) return { change: { ...base, title, action: 'create', after }, issues: all }
    if (fieldChanges(known.state, after).length === 0) {
      return { change: { ...base, title, action: 'unchanged', after: {} }, issues: all }
    }
    return { change: { ...base, title, action: 'update', before: known.state, after }, issues: all }
  }

  async #write(verdicts: Verdict[], pending: Pending[]): Promise<void> {
    const changes = verdicts.flatMap(({ change }) => (change ? [change] : []))
    const count = (action: NewChange['action']) => changes.filter((change) => change.action === action).length
    const warnings = verdicts.flatMap(({ issues }) => issues).filter((issue) => issue.severity === 'warning')
    const issues = verdicts.flatMap((verdict, index) => this.#keep(verdict.issues, pending[index]!.handle))
    await transaction(async (tx) => {
      const [mine] = await tx
        .update(imports)
        .set({
          rowsRead: this.#rows,
          bytesRead: this.#progress.bytes,
          createCount: sql`${imports.createCount} + ${count('create')}`,
          updateCount: sql`${imports.updateCount} + ${count('update')}`,
          unchangedCount: sql`${imports.unchangedCount} + ${count('unchanged')}`,
          skippedCount: sql`${imports.skippedCount} + ${count('skip')}`,
          errorCount: sql`${imports.errorCount} + ${verdicts.length - changes.length}`,
          warningCount: sql`${imports.warningCount} + ${warnings.length}`,
        })
        .where(this.#stillMine())
        .returning({ id: imports.id })
      if (!mine) throw superseded
      await insertChanges(tx, this.#import.id, changes)
      if (issues.length > 0) await tx.insert(importProblems).values(issues)
    })
    this.#writtenRows = this.#rows
  }

  #keep(issues: ImportIssue[], handle: string) {
    return issues.flatMap((issue) => {
      this.#stored[issue.severity]++
      if (this.#stored[issue.severity] > maxStoredIssues) return []
      return [{ importId: this.#import.id, handle: handle.slice(0, 255).toWellFormed(), ...issue }]
    })
  }

  async #writeHeader({ dialect, headers }: Columns, format: FileFormat): Promise<void> {
    await db.update(imports).set({ dialect, headers, format }).where(this.#stillMine())
  }

  /** A duplicate handle may have been accepted the first time: that half must not be applied. */
  async #finish(): Promise<void> {
    await transaction(async (tx) => {
      const dropped = this.#repeated.length
        ? await tx
            .delete(importChanges)
            .where(and(eq(importChanges.importId, this.#import.id), isOneOf(this.#repeated)))
            .returning({ action: importChanges.action })
        : []
      const without = (action: NewChange['action']) =>
        dropped.filter((change) => change.action === action).length
      const [mine] = await tx
        .update(imports)
        .set({
          status: 'ready',
          readAt: this.#now,
          createCount: sql`${imports.createCount} - ${without('create')}`,
          updateCount: sql`${imports.updateCount} - ${without('update')}`,
          unchangedCount: sql`${imports.unchangedCount} - ${without('unchanged')}`,
          skippedCount: sql`${imports.skippedCount} - ${without('skip')}`,
        })
        .where(this.#stillMine())
        .returning({ id: imports.id, byUserId: imports.byUserId, filename: imports.filename })
      if (!mine) throw superseded
      await notifyUploader(tx, mine, 'is ready to review')
    })
  }

  /** The file as a whole cannot be read: no part of it may be applied. */
  async #fail(failure: string): Promise<void> {
    await transaction(async (tx) => {
      const none = { createCount: 0, updateCount: 0, unchangedCount: 0, skippedCount: 0 }
      const [mine] = await tx
        .update(imports)
        .set({ status: 'failed', failure, bytesRead: this.#progress.bytes, ...none })
        .where(this.#stillMine())
        .returning({ id: imports.id, byUserId: imports.byUserId, filename: imports.filename })
      if (mine) await notifyUploader(tx, mine, 'couldn’t be read')
      await tx.delete(importChanges).where(eq(importChanges.importId, this.#import.id))
    })
  }

  #stillMine() {
    return and(
      eq(imports.id, this.#import.id),
      eq(imports.status, 'reading'),
      eq(imports.rowsRead, this.#writtenRows),
    )
  }
}

/** As one parameter: building a statement of thousands of parameters costs more than the rest of the dry run. */
async function insertChanges(tx: Tx, importId: number, changes: NewChange[]): Promise<void> {
  if (changes.length === 0) return
  const rows = changes.map((change, ord) => ({ ...change, ord }))
  await tx.execute(sql`
    insert into ${importChanges} (import_id, line, handle, title, action, product_id, product_version, before, after)
    select ${importId}::bigint, line, handle, title, action, "productId", "productVersion", before, after
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as d (ord int, line int, handle text, title text,
      action import_action, "productId" bigint, "productVersion" int, before jsonb, after jsonb)
    order by ord`)
}

async function* chunksOf(importId: number): AsyncGenerator<Buffer> {
  for (let position = 0; ; position++) {
    const [chunk] = await db
      .select({ bytes: importChunks.bytes })
      .from(importChunks)
      .where(and(eq(importChunks.importId, importId), eq(importChunks.position, position)))
    if (!chunk) return
    yield chunk.bytes
  }
}

function isOneOf(handles: string[]) {
  return sql`${importChanges.handle} in (select jsonb_array_elements_text(${JSON.stringify(handles)}::jsonb))`
}

/** Most descriptions in real files are plain text, which needs no parser. */
function sanitize(html: string): string {
  return /[<>&]/.test(html) ? sanitizeDescription(html) : html
}
