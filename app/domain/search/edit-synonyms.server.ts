import { and, asc, eq, ne, sql } from 'drizzle-orm'
import { auditedTransaction, db, type Tx } from '#db/client.ts'
import { searchSynonyms } from '#db/schema/index.ts'
import { maxGroupsOfTerm, maxWords } from './search.ts'
import { maxGroups } from './synonyms.schema.ts'

/** The groups of synonyms by their first word. */
export function listSynonymGroups() {
  const { id, words } = searchSynonyms
  return db
    .select({ id, words })
    .from(searchSynonyms)
    .orderBy(asc(sql`${searchSynonyms.folded}[1] collate "C"`), asc(id))
}

/** A group of synonyms; null when there is none. */
export async function getSynonymGroup(id: number) {
  const [group] = await db.select().from(searchSynonyms).where(eq(searchSynonyms.id, id))
  return group ?? null
}

export type SynonymsRefusal =
  | { ok: false; reason: 'not-found' | 'stale' | 'too-many' | 'same-words' | 'many-phrases' }
  /** The word that is at fault, as typed. */
  | { ok: false; reason: 'no-letters' | 'long-phrase' | 'word-taken'; word: string }

export type SaveSynonymsResult = { ok: true } | SynonymsRefusal

/**
 * Adds a group. Words that are the same without case and accents count once. Refused when fewer than two remain, when
 * one of them is in another group, or when there are `maxGroups` already.
 */
export function createSynonyms(input: { words: string[]; by: number }): Promise<SaveSynonymsResult> {
  return auditedTransaction(input.by, async (tx) => {
    const checked = await foldWords(tx, { words: input.words, groupId: null })
    if (!checked.ok) return checked
    if ((await tx.$count(searchSynonyms)) >= maxGroups) return { ok: false, reason: 'too-many' }
    await tx.insert(searchSynonyms).values({ words: checked.words, folded: checked.folded })
    return { ok: true }
  })
}

/** Changes the words of a group, with the same refusals; also when it was saved since `version`. */
export function updateSynonyms(input: {
  id: number
  version: number
  words: string[]
  by: number
}): Promise<SaveSynonymsResult> {
  const { id, version } = input
  return auditedTransaction(input.by, async (tx) => {
    const checked = await foldWords(tx, { words: input.words, groupId: id })
    if (!checked.ok) return checked
    const saved = await tx
      .update(searchSynonyms)
      .set({ words: checked.words, folded: checked.folded, version: version + 1 })
      .where(and(eq(searchSynonyms.id, id), eq(searchSynonyms.version, version)))
      .returning({ id: searchSynonyms.id })
    if (saved.length > 0) return { ok: true }
    const isThere = (await tx.$count(searchSynonyms, eq(searchSynonyms.id, id))) > 0
    return { ok: false, reason: isThere ? 'stale' : 'not-found' }
  })
}

/** Deletes a group of synonyms. Safe to repeat. */
export async function deleteSynonyms(id: number, by: number): Promise<void> {
  await auditedTransaction(by, (tx) => tx.delete(searchSynonyms).where(eq(searchSynonyms.id, id)))
}

type Folded = { ok: true; words: string[]; folded: string[] } | SynonymsRefusal

/** Waits for concurrent changes of synonyms: no word may get into two groups. */
async function foldWords(
  tx: Tx,
  { words, groupId }: { words: string[]; groupId: number | null },
): Promise<Folded> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('search synonyms'))`)
  const rows = await tx.execute<{ word: string; folded: string }>(sql`
    select word, search_title(word) as folded
    from unnest(${sql.param(words)}::text[]) with ordinality as t(word, place) order by place`)
  for (const { word, folded } of rows) {
    if (folded === '') return { ok: false, reason: 'no-letters', word }
    if (folded.split(' ').length > maxWords) return { ok: false, reason: 'long-phrase', word }
  }
  const different = rows.filter(
    (row, index) => rows.findIndex(({ folded }) => folded === row.folded) === index,
  )
  if (different.length < 2) return { ok: false, reason: 'same-words' }
  const folded = different.map((row) => row.folded)
  const groups = folded.reduce((product, phrase) => product * phrase.split(' ').length, 1)
  if (groups > maxGroupsOfTerm) return { ok: false, reason: 'many-phrases' }
  const others = await tx
    .select({ folded: searchSynonyms.folded })
    .from(searchSynonyms)
    .where(
      and(sql`${searchSynonyms.folded} && ${sql.param(folded)}::text[]`, ne(searchSynonyms.id, groupId ?? 0)),
    )
  const taken = different.find((row) => others.some((group) => group.folded.includes(row.folded)))
  if (taken) return { ok: false, reason: 'word-taken', word: taken.word }
  return { ok: true, words: different.map(({ word }) => word), folded }
}
