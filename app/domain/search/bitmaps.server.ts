import { type SQL, sql } from 'drizzle-orm'
import { textArray } from '#app/domain/storefront/filters.server.ts'
import { db } from '#db/client.ts'
import { type LexemeGroups, toTsQuery } from './search.ts'

/** Common words and filter values have a bitmap of their products (db/functions/search_bitmaps.sql). */

/** The filter values of one kind of which products need one. */
export type ChosenValues = { kind: 'vendor' | 'type' | 'tag' | 'rating'; values: string[] }

const key = (kind: string, value: string | SQL = '') => sql`search_facet(${kind}, '', ${value})`

const none = sql`search_bits('{}')`

/**
 * A query with the rows (chunk, base, vendor, type, tag, rating, matches): the bits of products that have the words; of
 * those that also meet the filters of all other kinds; and of those that meet all filters. Null where bitmaps cannot tell: the
 * store has few products, or a chosen value is rare.
 */
export async function matchBitmaps(groups: LexemeGroups, chosen: ChosenValues[]): Promise<SQL | null> {
  const known = await listKnown(groups.flat(), chosen)
  return known && combine(groups, chosen, known)
}

function combine(groups: LexemeGroups, chosen: ChosenValues[], known: Set<string>): SQL {
  const rareOf = (group: string[]) => group.filter((lexeme) => !known.has(lexeme))
  const words = groups.map((group, place) => {
    const common = group.filter((lexeme) => known.has(lexeme))
    const either = [
      ...(common.length > 0 ? [ofKeys('word', common)] : []),
      ...(rareOf(group).length > 0 ? [sql`coalesce(${rareName(place)}.bits, ${none})`] : []),
    ]
    return sql`(${sql.join(either, sql` | `)})`
  })
  const rare = groups.flatMap((group, place) =>
    rareOf(group).length > 0 ? [joinedRare(rareOf(group), rareName(place))] : [],
  )
  const bitsOf = (groups: ChosenValues[]) =>
    sql.join([sql`base`, ...groups.map(({ kind, values }) => ofKeys(kind, values))], sql` & `)
  const exceptOf = (kind: ChosenValues['kind']) => bitsOf(chosen.filter((group) => group.kind !== kind))
  return sql`
    select l.chunk, base, ${exceptOf('vendor')} as vendor, ${exceptOf('type')} as type, ${exceptOf('tag')} as tag,
      ${exceptOf('rating')} as rating, ${bitsOf(chosen)} as matches
    from search_bitmaps l ${sql.join(rare, sql` `)} cross join lateral (select ${sql.join([sql`l.bits`, ...words], sql` & `)} as base offset 0) b
    where l.key = ${key('listed')}`
}

/** How many products that is; null where bitmaps cannot tell. */
export async function countByBitmaps(groups: LexemeGroups, chosen: ChosenValues[]): Promise<number | null> {
  const match = await matchBitmaps(groups, chosen)
  return match && countBits(match)
}

/**
 * How many products have common words of all groups, at least, for each of these queries; null for one with a group that
 * has only rare words.
 */
export async function countCommon(queries: LexemeGroups[]): Promise<(number | null)[]> {
  const known = await listKnown(queries.flat(2), [])
  return Promise.all(
    queries.map(async (groups) => {
      const common = groups.map((group) => group.filter((lexeme) => known?.has(lexeme)))
      return known && common.every(({ length }) => length > 0) ? countBits(combine(common, [], known)) : null
    }),
  )
}

async function countBits(match: SQL): Promise<number> {
  const [counted] = await db.execute<{ count: number }>(
    sql`select coalesce(sum(bit_count(matches)), 0)::float8 as count from (${match}) match`,
  )
  return counted!.count
}

/** Those of the words that have a bitmap; null when there are none at all, or a chosen value has none. */
async function listKnown(lexemes: string[], chosen: ChosenValues[]): Promise<Set<string> | null> {
  const values = chosen.flatMap(({ kind, values: own }) => own.map((value) => [kind, value]))
  const wanted = [['listed', ''], ...values, ...lexemes.map((lexeme) => ['word', lexeme])]
  const rows = await db.execute<{ kind: string; value: string }>(sql`
    select kind, value from unnest(${textArray(wanted.map(([kind]) => kind!))}, ${textArray(wanted.map(([, value]) => value!))})
      as wanted(kind, value)
    where exists (select from search_bitmaps where key = search_facet(kind, '', value))`)
  const words = rows.filter(({ kind }) => kind === 'word')
  return rows.length - words.length === values.length + 1 ? new Set(words.map(({ value }) => value)) : null
}

/** The bits of products with one of these keys, in the chunk of `l`. */
function ofKeys(kind: string, values: string[]): SQL {
  return sql`coalesce((select bit_or(b.bits) from search_bitmaps b where b.chunk = l.chunk
    and b.key = any (array(select ${key(kind, sql`value`)} from unnest(${textArray(values)}) as value))), ${none})`
}

const rareName = (place: number) => sql.raw(`rare_${place}`)

/** Bits of products with one of these words, which have no bitmap: made in one scan for all chunks. */
function joinedRare(lexemes: string[], name: SQL): SQL {
  return sql`left join (
      select d.product_id / 64000 as chunk, search_bits(array_agg(d.product_id % 64000)) as bits
      from search_documents d where d.words @@ ${toTsQuery([lexemes])}::tsquery group by 1
    ) ${name} on ${name}.chunk = l.chunk`
}
