import { and, asc, eq, inArray, isNotNull, or, type SQL, sql } from 'drizzle-orm'
import { listMemberships } from '#app/domain/collections/memberships.server.ts'
import { checkOffer } from '#app/domain/pricing/check-offer.ts'
import type { Items, Offer, OfferLine, Promotion } from '#app/domain/pricing/promotion.ts'
import { db, type Tx } from '#db/client.ts'
import { promotionCodes, promotions } from '#db/schema/index.ts'
import { promotionColumns, toPromotion } from './stored-promotion.server.ts'

/** Whose earlier orders count: those of the account, and of all spellings of the email (null: the account's). */
export type Customer = { userId: number | null; email: string | null }

type Reader = typeof db | Tx

type Asked<Line> = {
  /** Promotions without a code. */
  automatic: Promotion[]
  /** Typed codes, in upper case. */
  codes: string[]
  lines: Line[]
  now: Date
}

type Line = Omit<OfferLine, 'collectionIds'>

export type Offers<L> = {
  offers: Offer[]
  /** With the collections that the promotions are about. */
  lines: (L & { collectionIds: number[] })[]
  /** Codes of no promotion. */
  unknownCodes: string[]
}

/**
 * The promotions that may apply to a cart, with how often they were used. While the customer is unknown (null), rules
 * about customers pass.
 */
export async function findOffers<L extends Line>(
  asked: Asked<L> & { customer: Customer | null },
): Promise<Offers<L>> {
  const candidates = await listCandidates(db, asked)
  const [offers, lines] = await Promise.all([
    countUses(db, candidates, asked.customer),
    withCollections(db, asked.lines, candidates),
  ])
  return { offers, lines, unknownCodes: unknownOf(asked.codes, candidates) }
}

/**
 * The same for an order that is being placed: until the transaction ends, no other order can use up a limit. Locks what
 * this cart could use: promotions with a limit by id, generated codes, then the customer if a promotion has a rule about
 * them. Called when the cart and its variants are locked.
 */
export async function lockOffers<L extends Line>(
  tx: Tx,
  asked: Asked<L> & { customer: Customer & { email: string } },
): Promise<Offers<L>> {
  const candidates = await listCandidates(tx, asked)
  const lines = await withCollections(tx, asked.lines, candidates)
  const isUsable = (candidate: Candidate) => checkOffer(unused(candidate), lines, asked.now) === null
  const usable = candidates.filter(isUsable)
  const kept = await lockPromotions(tx, usable)
  const generated = usable.flatMap(({ code, isGenerated }) => (isGenerated ? code! : []))
  if (generated.length > 0)
    await tx
      .select({ id: promotionCodes.id })
      .from(promotionCodes)
      .where(inArray(promotionCodes.code, generated))
      .orderBy(asc(promotionCodes.id))
      .for('no key update')
  if (usable.some(({ promotion }) => hasCustomerRule(promotion))) await lockCustomer(tx, asked.customer)
  const left = candidates.filter(({ promotion }) => kept.has(promotion.id))
  const offers = await countUses(tx, left, asked.customer)
  return { offers, lines, unknownCodes: unknownOf(asked.codes, candidates) }
}

type Candidate = {
  promotion: Promotion
  /** Null for a promotion without a code. */
  code: string | null
  /** The code is for one order. */
  isGenerated: boolean
}

/** Promotions without a code first, then those of the codes in the order in which they were typed. */
async function listCandidates(reader: Reader, { automatic, codes }: Asked<Line>): Promise<Candidate[]> {
  const withoutCode = automatic.map((promotion) => ({ promotion, code: null, isGenerated: false }))
  if (codes.length === 0) return withoutCode
  const rows = await reader
    .select({ ...promotionColumns, generated: promotionCodes.code })
    .from(promotions)
    .leftJoin(
      promotionCodes,
      and(eq(promotionCodes.promotionId, promotions.id), inArray(promotionCodes.code, codes)),
    )
    .where(or(inArray(promotions.code, codes), isNotNull(promotionCodes.id)))
  return [
    ...withoutCode,
    ...codes.flatMap((code): Candidate[] => {
      const row = rows.find((one) => one.code === code) ?? rows.find((one) => one.generated === code)
      if (!row) return []
      const promotion = toPromotion(row)
      return [{ promotion, code, isGenerated: row.code !== code }]
    }),
  ]
}

function unknownOf(codes: string[], candidates: Candidate[]): string[] {
  return codes.filter((code) => !candidates.some((candidate) => candidate.code === code))
}

async function withCollections<L extends Line>(reader: Reader, lines: L[], candidates: Candidate[]) {
  const collectionIds = candidates.flatMap(({ promotion }) =>
    (promotion.kind === 'buy-x-get-y'
      ? [promotion.buy.items, promotion.get.items]
      : [promotion.items]
    ).flatMap(collectionsOf),
  )
  const productIds = lines.map(({ productId }) => productId)
  const memberships = await listMemberships(reader, productIds, collectionIds)
  return lines.map((line) => ({ ...line, collectionIds: memberships.get(line.productId) ?? [] }))
}

function collectionsOf(items: Items): number[] {
  return items === 'all' ? [] : items.collectionIds
}

/** Returns the ids of those that still exist, which cannot be deleted until the transaction ends. */
async function lockPromotions(tx: Tx, candidates: Candidate[]): Promise<Set<number>> {
  const lock = async (strength: 'no key update' | 'key share', locked: Candidate[]) => {
    if (locked.length === 0) return []
    const ids = locked.map(({ promotion }) => promotion.id)
    return tx
      .select({ id: promotions.id })
      .from(promotions)
      .where(inArray(promotions.id, ids))
      .orderBy(asc(promotions.id))
      .for(strength)
  }
  const isLimited = ({ promotion }: Candidate) => promotion.limit !== null
  const rows = [
    ...(await lock('no key update', candidates.filter(isLimited))),
    ...(await lock(
      'key share',
      candidates.filter((one) => !isLimited(one)),
    )),
  ]
  return new Set(rows.map(({ id }) => id))
}

/** The account and the mailbox, each by a number of its own, in ascending order. */
async function lockCustomer(tx: Tx, { userId, email }: Customer & { email: string }): Promise<void> {
  await tx.execute(sql`
    select pg_advisory_xact_lock(key) from (
      select hashtextextended('customer ' || customer_key(${email}::text), 0) as key
      union
      select hashtextextended('user ' || ${userId}::bigint, 0) where ${userId}::bigint is not null
      order by key
    ) keys`)
}

function hasCustomerRule({ limitPerCustomer, isFirstOrderOnly }: Promotion): boolean {
  return limitPerCustomer !== null || isFirstOrderOnly
}

function unused({ promotion, code }: Candidate): Offer {
  return { promotion, code, uses: 0, usesByCustomer: 0, isCodeUsed: false, hasOrdered: false }
}

/** Orders that were canceled do not count. One query, and none for promotions without limits. */
async function countUses(
  reader: Reader,
  candidates: Candidate[],
  customer: Customer | null,
): Promise<Offer[]> {
  const counted = candidates.filter(
    ({ promotion, isGenerated }) =>
      promotion.limit !== null || isGenerated || (customer !== null && hasCustomerRule(promotion)),
  )
  if (counted.length === 0) return candidates.map(unused)
  const rows = await reader.execute<Uses>(selectUses(counted, customer))
  return candidates.map((candidate) => {
    const row = rows.find(({ id }) => Number(id) === candidate.promotion.id)
    return {
      ...unused(candidate),
      ...(row && { uses: row.uses, usesByCustomer: row.uses_by_customer, hasOrdered: row.has_ordered }),
      isCodeUsed: candidate.isGenerated && (row?.used_codes.includes(candidate.code!) ?? false),
    }
  })
}

type Uses = {
  id: string
  uses: number
  uses_by_customer: number
  has_ordered: boolean
  used_codes: string[]
}

function selectUses(counted: Candidate[], customer: Customer | null): SQL {
  const ids = counted.map(({ promotion }) => promotion.id)
  const generated = counted.flatMap(({ code, isGenerated }) => (isGenerated ? code! : []))
  const isTheirs = customer
    ? sql`(o.user_id = ${customer.userId}::bigint or o.customer_key = customer_key(
        coalesce(${customer.email}::text, (select email from users where id = ${customer.userId}::bigint))))`
    : sql`false`
  return sql`
    select p.id,
      (select count(*)::int from promotion_redemptions r
        where p.usage_limit is not null and r.promotion_id = p.id and r.released_at is null) as uses,
      (select count(*)::int from orders o join promotion_redemptions r on r.order_id = o.id
        where p.limit_per_customer is not null and ${isTheirs} and r.promotion_id = p.id and r.released_at is null
      ) as uses_by_customer,
      p.is_first_order_only and exists (
        select from orders o where o.canceled_at is null and ${isTheirs}) as has_ordered,
      array(select r.code from promotion_redemptions r
        where r.code = any(${sql.param(generated)}::text[]) and r.code <> '' and r.released_at is null) as used_codes
    from promotions p where p.id = any(${sql.param(ids)}::bigint[])`
}
