import { randomBytes } from 'node:crypto'
import { and, eq, gt, sql } from 'drizzle-orm'
import { auditedTransaction, db, type Tx } from '#db/client.ts'
import { orders, promotionCodes, promotionRedemptions, promotions } from '#db/schema/index.ts'
import { lockCodes, lockPromotion } from './edit-promotion.server.ts'
import { maxCodes, methodOf } from './promotions.ts'

export type GenerateCodesRefusal = 'not-generated' | 'too-many' | 'stale'

/** Without 0, O, 1 and I, which people confuse: 32 characters of 5 bits each. */
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
/** 60 bits. */
const codeLength = 12

export const codesPerPage = 100
export type CodeFilter = 'all' | 'unused' | 'used'

/**
 * Adds `count` random codes to a promotion, each for one order. Refused when the promotion was saved or got codes since
 * `version`, so a form that is sent twice generates once. Null when there is none.
 */
export async function generateCodes(input: {
  promotionId: number
  version: number
  count: number
  prefix: string
  by: number
}): Promise<{ ok: true } | { ok: false; reason: GenerateCodesRefusal } | null> {
  const { promotionId, version, count, prefix } = input
  return auditedTransaction(input.by, async (tx) => {
    await lockCodes(tx)
    const stored = await lockPromotion(tx, promotionId)
    if (!stored) return null
    if (stored.version !== version) return { ok: false, reason: 'stale' }
    if (methodOf(stored) !== 'generated') return { ok: false, reason: 'not-generated' }
    if (stored.generatedCodes + count > maxCodes) return { ok: false, reason: 'too-many' }
    let made = 0
    while (made < count) made += await insertCodes(tx, promotionId, makeCodes(count - made, prefix))
    await tx
      .update(promotions)
      .set({ generatedCodes: stored.generatedCodes + count, version: version + 1, updatedAt: sql`now()` })
      .where(eq(promotions.id, promotionId))
    return { ok: true }
  })
}

function makeCodes(count: number, prefix: string): string[] {
  const random = randomBytes(count * codeLength)
  return Array.from({ length: count }, (_, index) => {
    const bytes = random.subarray(index * codeLength, (index + 1) * codeLength)
    return prefix + Array.from(bytes, (byte) => alphabet[byte % alphabet.length]).join('')
  })
}

/** Returns how many of them were new; none may be the code of another promotion. */
async function insertCodes(tx: Tx, promotionId: number, codes: string[]): Promise<number> {
  const rows = await tx.execute(sql`
    insert into ${promotionCodes} (promotion_id, code)
    select ${promotionId}::bigint, c.code from jsonb_array_elements_text(${JSON.stringify(codes)}::jsonb) as c (code)
    where not exists (select from ${promotions} p where p.code = c.code)
    on conflict do nothing returning 1`)
  return rows.length
}

/** A code with the order that used it; an order that was canceled does not count. */
const columns = {
  id: promotionCodes.id,
  code: promotionCodes.code,
  createdAt: promotionCodes.createdAt,
  orderId: orders.id,
  number: orders.number,
  numberPrefix: orders.numberPrefix,
}

const selectCodes = () =>
  db
    .select(columns)
    .from(promotionCodes)
    .leftJoin(
      promotionRedemptions,
      and(
        eq(promotionRedemptions.code, promotionCodes.code),
        eq(promotionRedemptions.promotionId, promotionCodes.promotionId),
        sql`${promotionRedemptions.releasedAt} is null and ${promotionRedemptions.code} <> ''`,
      ),
    )
    .leftJoin(orders, eq(orders.id, promotionRedemptions.orderId))

/** One page of a promotion's codes in the order in which they were generated, with the count of each list. */
export async function listCodes(input: { promotionId: number; filter: CodeFilter; page: number }) {
  const { promotionId, filter, page } = input
  const isInList = {
    all: sql`true`,
    used: sql`${orders.id} is not null`,
    unused: sql`${orders.id} is null`,
  }[filter]
  const [codes, [used], all] = await Promise.all([
    selectCodes()
      .where(and(eq(promotionCodes.promotionId, promotionId), isInList))
      .orderBy(promotionCodes.id)
      .limit(codesPerPage)
      .offset((page - 1) * codesPerPage),
    db
      .select({ count: sql<number>`count(distinct ${promotionCodes.id})::int` })
      .from(promotionCodes)
      .innerJoin(
        promotionRedemptions,
        and(
          eq(promotionRedemptions.code, promotionCodes.code),
          eq(promotionRedemptions.promotionId, promotionCodes.promotionId),
          sql`${promotionRedemptions.releasedAt} is null and ${promotionRedemptions.code} <> ''`,
        ),
      )
      .where(eq(promotionCodes.promotionId, promotionId)),
    db.$count(promotionCodes, eq(promotionCodes.promotionId, promotionId)),
  ])
  return { codes, counts: { all, used: used!.count, unused: all - used!.count } }
}

const exportStep = 5_000

/** All codes of a promotion, in steps, so that 100,000 of them are never in memory together. */
export async function* readAllCodes(promotionId: number) {
  for (let after = 0; ;) {
    const rows = await selectCodes()
      .where(and(eq(promotionCodes.promotionId, promotionId), gt(promotionCodes.id, after)))
      .orderBy(promotionCodes.id)
      .limit(exportStep)
    yield rows
    if (rows.length < exportStep) return
    after = rows.at(-1)!.id
  }
}
