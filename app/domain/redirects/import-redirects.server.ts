import { sql } from 'drizzle-orm'
import { EncodingDetector } from '#app/domain/imports/encoding-detector.ts'
import type { Separator } from '#app/domain/imports/file-format.ts'
import { detectFileKind, readRows } from '#app/domain/imports/read-rows.server.ts'
import { env } from '#env'
import { auditedTransaction, type Tx } from '#db/client.ts'
import { redirects } from '#db/schema/index.ts'
import { findBadChains } from './chains.server.ts'
import { maxRedirects, parsePath, type PathRefusal, parseTarget, type TargetRefusal } from './redirects.ts'

export const maxFileBytes = 8 * 1024 * 1024
export const maxRows = 10_000
/** So many problems are listed; the rest is counted. */
export const maxListed = 100

export type RowReason = PathRefusal | TargetRefusal | 'same-address' | 'twice' | 'loop' | 'long-chain'
/** A row of the file that is refused; without a line, the file as a whole makes the chain from this path too long. */
export type RowProblem = { line: number | null; path: string; reason: RowReason }

export type ImportResult =
  | { ok: true; added: number; changed: number; unchanged: number }
  | { ok: false; reason: 'unreadable'; message: string }
  | { ok: false; reason: 'empty' | 'too-large' | 'no-columns' | 'too-many-rows' | 'too-many' }
  | { ok: false; reason: 'rows'; problems: RowProblem[]; count: number }

type Refusal = Extract<ImportResult, { ok: false }>
type FileRow = { line: number; from: string; to: string }
type Candidate = { line: number; path: string; target: string; targetPath: string | null }

/**
 * Imports a file of redirects in Shopify's format ("Redirect from,Redirect to"): all of its rows in one statement, or
 * nothing when one of them is refused. A path that has a redirect gets the new target.
 */
export async function importRedirects(bytes: AsyncIterable<Uint8Array>, by: number): Promise<ImportResult> {
  const file = await readFile(bytes)
  if (!file.ok) return file
  const { candidates, problems } = checkRows(file.rows)
  if (problems.length > 0) return refuseRows(problems)
  if (candidates.length === 0) return { ok: false, reason: 'empty' }
  return auditedTransaction(by, async (tx) => {
    const bad = await findBadChains(tx, candidates)
    if (bad.length > 0) return refuseRows(bad.map((chain) => toProblem(chain, candidates)))
    const added = await countNew(tx, candidates)
    if ((await tx.$count(redirects)) + added > maxRedirects) return { ok: false, reason: 'too-many' }
    const written = await write(tx, candidates)
    const changed = written - added
    return { ok: true, added, changed, unchanged: candidates.length - written }
  })
}

function refuseRows(problems: RowProblem[]): Refusal {
  return { ok: false, reason: 'rows', problems: problems.slice(0, maxListed), count: problems.length }
}

async function readFile(bytes: AsyncIterable<Uint8Array>): Promise<{ ok: true; rows: FileRow[] } | Refusal> {
  const detector = new EncodingDetector()
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of bytes) {
    size += chunk.length
    if (size > maxFileBytes) return { ok: false, reason: 'too-large' }
    chunks.push(chunk)
    detector.push(chunk)
  }
  if (size === 0) return { ok: false, reason: 'empty' }
  const kind = detectFileKind(chunks[0]!)
  if (kind) return { ok: false, reason: 'unreadable', message: kind }
  const detected = detector.end()
  if (!detected.ok) return { ok: false, reason: 'unreadable', message: detected.message }
  const { encoding } = detected
  const head = new TextDecoder(encoding).decode(chunks[0]).split(/\r|\n/, 1)[0]!
  const separator = ([',', ';', '\t'] satisfies Separator[]).find((one) => head.includes(one)) ?? ','
  return readColumns(readRows(toStream(chunks), { bytes: 0 }, { encoding, separator }))
}

async function readColumns(
  answers: ReturnType<typeof readRows>,
): Promise<{ ok: true; rows: FileRow[] } | Refusal> {
  const rows: FileRow[] = []
  let columns: { from: number; to: number } | undefined
  for await (const answer of answers) {
    if (!answer.ok) return { ok: false, reason: 'unreadable', message: answer.message }
    const { line, cells } = answer.row
    if (!columns) {
      const names = cells.map((cell) => cell.trim().toLowerCase())
      columns = { from: names.indexOf('redirect from'), to: names.indexOf('redirect to') }
      if (columns.from < 0 || columns.to < 0) return { ok: false, reason: 'no-columns' }
      continue
    }
    const row = { line, from: cells[columns.from]?.trim() ?? '', to: cells[columns.to]?.trim() ?? '' }
    if (row.from === '' && row.to === '') continue
    if (rows.length === maxRows) return { ok: false, reason: 'too-many-rows' }
    rows.push(row)
  }
  return { ok: true, rows }
}

async function* toStream(chunks: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks
}

/** The redirects of the file, each path once. */
function checkRows(rows: FileRow[]) {
  const byPath = new Map<string, Candidate>()
  const problems: RowProblem[] = []
  for (const { line, from, to } of rows) {
    const parsed = parsePath(from, env.appOrigin)
    const target = parseTarget(to, env.appOrigin)
    const refuse = (reason: RowReason) =>
      problems.push({ line, path: (parsed.ok ? parsed.path : from).slice(0, 200), reason })
    if (!parsed.ok) refuse(parsed.reason)
    else if (!target.ok) refuse(target.reason)
    else if (parsed.path === target.targetPath) refuse('same-address')
    else if ((byPath.get(parsed.path)?.target ?? target.target) !== target.target) refuse('twice')
    else {
      const { path } = parsed
      byPath.set(path, { line, path, target: target.target, targetPath: target.targetPath })
    }
  }
  return { candidates: [...byPath.values()], problems }
}

function toProblem({ start, isLoop }: { start: string; isLoop: boolean }, rows: Candidate[]): RowProblem {
  const line = rows.find(({ path }) => path === start)?.line ?? null
  return { line, path: start, reason: isLoop ? 'loop' : 'long-chain' }
}

async function countNew(tx: Tx, candidates: Candidate[]): Promise<number> {
  const paths = sql.param(candidates.map(({ path }) => path))
  const known = await tx.$count(redirects, sql`${redirects.path} = any(${paths}::text[])`)
  return candidates.length - known
}

/** Returns how many rows were added or changed. */
async function write(tx: Tx, candidates: Candidate[]): Promise<number> {
  const column = (name: 'path' | 'target' | 'targetPath') =>
    sql`${sql.param(candidates.map((row) => row[name]))}::text[]`
  const rows = await tx.execute(sql`
    insert into ${redirects} (path, target, target_path)
    select * from unnest(${column('path')}, ${column('target')}, ${column('targetPath')})
    on conflict (path) do update set target = excluded.target, target_path = excluded.target_path,
      version = redirects.version + 1, updated_at = now()
    where redirects.target <> excluded.target`)
  return rows.count
}
