import { and, asc, count, desc, eq, gt, or, sql } from 'drizzle-orm'
import { containsPattern } from '#app/domain/like.ts'
import { isPublishedPage } from '#app/domain/pages/pages.server.ts'
import { isPublished } from '#app/domain/products/published.server.ts'
import { isPublishedCollection } from '#app/domain/storefront/collections.server.ts'
import { env } from '#env'
import { auditedTransaction, db, type Tx } from '#db/client.ts'
import { collections, pages, products, redirects } from '#db/schema/index.ts'
import { findBadChains, lockRedirects } from './chains.server.ts'
import { maxRedirects, parsePath, type PathRefusal, parseTarget, type TargetRefusal } from './redirects.ts'

export const redirectsPerPage = 50

/** One page of redirects, the latest change first. `query` matches a part of the old or the new address. */
export async function listRedirects({ query, page }: { query: string; page: number }) {
  const part = containsPattern(query.toLowerCase())
  const where =
    query === ''
      ? undefined
      : or(sql`${redirects.path} like ${part}`, sql`lower(${redirects.target}) like ${part}`)
  const { id, path, target, updatedAt } = redirects
  const [rows, [all]] = await Promise.all([
    db
      .select({ id, path, target, updatedAt })
      .from(redirects)
      .where(where)
      .orderBy(desc(updatedAt), desc(id))
      .limit(redirectsPerPage)
      .offset((page - 1) * redirectsPerPage),
    db.select({ count: count() }).from(redirects).where(where),
  ])
  return { redirects: rows, total: all!.count }
}

/** All redirects by path, in steps of 5,000. */
export async function* readAllRedirects() {
  const { path, target } = redirects
  let after = ''
  for (;;) {
    const rows = await db
      .select({ path, target })
      .from(redirects)
      .where(gt(path, after))
      .orderBy(asc(path))
      .limit(5_000)
    if (rows.length === 0) return
    yield rows
    after = rows.at(-1)!.path
  }
}

/** A redirect; null when there is none. */
export async function getRedirect(id: number) {
  const [row] = await db.select().from(redirects).where(eq(redirects.id, id))
  return row ?? null
}

export type RedirectRefusal =
  | PathRefusal
  | TargetRefusal
  | 'not-found'
  | 'stale'
  | 'taken'
  | 'too-many'
  | 'same-address'
  | 'loop'
  | 'long-chain'

/** With `isInUse` a page is at the old address now, so the redirect waits until it is gone. */
export type SaveRedirectResult = { ok: true; isInUse: boolean } | { ok: false; reason: RedirectRefusal }

type Input = { path: string; target: string; by: number }

/**
 * Adds a redirect from what was typed. Refused when an address is not one, when the old one has a redirect already, when
 * it would lead back to itself or through too many others, and beyond `maxRedirects`.
 */
export function createRedirect(input: Input): Promise<SaveRedirectResult> {
  return save(input, null, async (tx, values) => {
    if ((await tx.$count(redirects)) >= maxRedirects) return 'too-many'
    await tx.insert(redirects).values(values)
    return null
  })
}

/** Changes a redirect, with the same refusals; also when it was saved since `version`. */
export function updateRedirect({
  id,
  version,
  ...input
}: Input & { id: number; version: number }): Promise<SaveRedirectResult> {
  return save(input, id, async (tx, values) => {
    const saved = await tx
      .update(redirects)
      .set({ ...values, version: version + 1, updatedAt: sql`now()` })
      .where(and(eq(redirects.id, id), eq(redirects.version, version)))
      .returning({ id: redirects.id })
    if (saved.length > 0) return null
    return (await tx.$count(redirects, eq(redirects.id, id))) > 0 ? 'stale' : 'not-found'
  })
}

type Values = { path: string; target: string; targetPath: string | null }
type Write = (tx: Tx, values: Values) => Promise<RedirectRefusal | null>

async function save(input: Input, id: number | null, write: Write): Promise<SaveRedirectResult> {
  const parsed = parsePath(input.path, env.appOrigin)
  if (!parsed.ok) return parsed
  const to = parseTarget(input.target, env.appOrigin)
  if (!to.ok) return to
  const values = { path: parsed.path, target: to.target, targetPath: to.targetPath }
  if (values.path === values.targetPath) return { ok: false, reason: 'same-address' }
  return auditedTransaction(input.by, async (tx) => {
    await lockRedirects(tx)
    const [other] = await tx
      .select({ id: redirects.id })
      .from(redirects)
      .where(eq(redirects.path, values.path))
    if (other && other.id !== id) return { ok: false, reason: 'taken' }
    const [bad] = await findBadChains(tx, [values], id)
    if (bad) return { ok: false, reason: bad.isLoop ? 'loop' : 'long-chain' }
    const refusal = await write(tx, values)
    return refusal ? { ok: false, reason: refusal } : { ok: true, isInUse: await isInUse(values.path) }
  })
}

/** Deletes a redirect. Safe to repeat. */
export async function deleteRedirect(id: number, by: number): Promise<void> {
  await auditedTransaction(by, (tx) => tx.delete(redirects).where(eq(redirects.id, id)))
}

const fixedPages = new Set(['/collections', '/collections/all', '/search', '/shop'])

/** Whether shoppers find a page at this path, so that it does not redirect. */
async function isInUse(path: string): Promise<boolean> {
  if (fixedPages.has(path)) return true
  const [, list, handle, ...rest] = path.split('/')
  if (handle === undefined || rest.length > 0) return false
  // The path has no case, and handles of products do.
  if (list === 'products')
    return (await db.$count(products, and(sql`lower(${products.handle}) = ${handle}`, isPublished))) > 0
  if (list === 'collections')
    return (
      (await db.$count(
        collections,
        and(sql`lower(${collections.handle}) = ${handle}`, isPublishedCollection),
      )) > 0
    )
  if (list !== 'pages' && list !== 'policies') return false
  const isOfKind = eq(pages.kind, list === 'pages' ? 'page' : 'policy')
  return (await db.$count(pages, and(sql`lower(${pages.handle}) = ${handle}`, isOfKind, isPublishedPage))) > 0
}
