import { and, count, desc, eq, inArray, lt, or, type SQL, sql } from 'drizzle-orm'
import type { DraftOwner } from '#app/domain/cart/cart.ts'
import { containsPattern } from '#app/domain/like.ts'
import type { Address } from '#app/domain/shipping/address.ts'
import { db, type Tx } from '#db/client.ts'
import { draftOrders, orders, users } from '#db/schema/index.ts'

/** The draft orders for staff; deleted ones are in none. */
export type DraftFilter = 'open' | 'placed' | 'all'

export const draftsPerPage = 50

export type StoredDraft = typeof draftOrders.$inferSelect

/**
 * One page of draft orders, last changed first, with the total count. `query` matches a number, an email, an item, or a
 * part of a name. Pages count from 1.
 */
export async function listDrafts(input: { filter: DraftFilter; query: string; page: number }) {
  const where = and(matchesFilter(input.filter), matchesQuery(input.query))
  const [rows, [total]] = await Promise.all([
    db
      .select({
        id: draftOrders.id,
        state: draftOrders.state,
        name: draftOrders.shipName,
        email: draftOrders.email,
        items: draftOrders.items,
        total: draftOrders.total,
        orderId: draftOrders.orderId,
        orderName: sql<string | null>`${orders.numberPrefix} || ${orders.number}`,
        by: users.name,
        updatedAt: draftOrders.updatedAt,
      })
      .from(draftOrders)
      .leftJoin(users, eq(users.id, draftOrders.createdById))
      .leftJoin(orders, eq(orders.id, draftOrders.orderId))
      .where(where)
      .orderBy(desc(draftOrders.updatedAt), desc(draftOrders.id))
      .limit(draftsPerPage)
      .offset((input.page - 1) * draftsPerPage),
    db.select({ count: count() }).from(draftOrders).where(where),
  ])
  return { drafts: rows, total: total!.count }
}

/** The number of draft orders in each list. */
export async function countDrafts(): Promise<Record<DraftFilter, number>> {
  const matching = (filter: DraftFilter) =>
    sql<number>`(count(*) filter (where ${matchesFilter(filter)}))::int`
  const [row] = await db
    .select({ open: matching('open'), placed: matching('placed'), all: matching('all') })
    .from(draftOrders)
  return row!
}

function matchesFilter(filter: DraftFilter): SQL {
  if (filter === 'placed') return eq(draftOrders.state, 'placed')
  return inArray(draftOrders.state, filter === 'open' ? ['open', 'sent'] : ['open', 'sent', 'placed'])
}

function matchesQuery(query: string): SQL | undefined {
  if (query === '') return undefined
  const part = containsPattern(query)
  const number = /^#?d?(\d{1,12})$/i.exec(query)?.[1]
  return or(
    number ? eq(draftOrders.id, Number(number)) : undefined,
    sql`${draftOrders.email} like ${part.toLowerCase()}`,
    sql`${draftOrders.shipName} ilike ${part}`,
    sql`${draftOrders.items} ilike ${part}`,
  )
}

/** A draft order by its id, for staff; null when there is none, or when it was deleted. */
export async function getDraft(draftId: number) {
  return selectDraft(and(eq(draftOrders.id, draftId), sql`${draftOrders.state} <> 'deleted'`))
}

/** A draft order by the token of its link; also one that was placed or deleted. */
export async function getDraftByToken(token: string) {
  return selectDraft(eq(draftOrders.token, token))
}

async function selectDraft(where: SQL | undefined) {
  const [row] = await db
    .select({ draft: draftOrders, orderToken: orders.token, by: users.name })
    .from(draftOrders)
    .leftJoin(orders, eq(orders.id, draftOrders.orderId))
    .leftJoin(users, eq(users.id, draftOrders.createdById))
    .where(where)
  return row ? { ...row.draft, orderToken: row.orderToken, by: row.by } : null
}

/** The draft order, locked until the transaction ends; null when there is none. */
export async function lockDraft(tx: Tx, which: { draftId: number } | { token: string }) {
  const isIt = 'token' in which ? eq(draftOrders.token, which.token) : eq(draftOrders.id, which.draftId)
  const [draft] = await tx.select().from(draftOrders).where(isIt).for('update')
  return draft ?? null
}

/** Changes columns of a locked draft order and its version, as a step of the caller's transaction. */
export async function changeDraft(
  tx: Tx,
  draftId: number,
  values: Partial<typeof draftOrders.$inferInsert> | { sentAt: SQL; state: 'sent' },
): Promise<void> {
  await tx
    .update(draftOrders)
    .set({ ...values, version: sql`${draftOrders.version} + 1`, updatedAt: sql`now()` })
    .where(eq(draftOrders.id, draftId))
}

/** Deletes draft orders a month after staff deleted them: until then their links say so. */
export async function deleteOldDrafts(): Promise<void> {
  await db
    .delete(draftOrders)
    .where(and(eq(draftOrders.state, 'deleted'), lt(draftOrders.updatedAt, sql`now() - interval '30 days'`)))
}

/** Whose cart holds the items of a draft order. */
export function ownerOf({ id, userId }: Pick<StoredDraft, 'id' | 'userId'>): DraftOwner {
  return { draftId: id, sessionId: null, userId }
}

/** Its customer and address as the values of a form. */
export function detailsOf(draft: StoredDraft): Address & { email: string; phone: string; vatNumber: string } {
  return {
    email: draft.email,
    phone: draft.phone,
    name: draft.shipName,
    company: draft.shipCompany,
    line1: draft.shipLine1,
    line2: draft.shipLine2,
    postcode: draft.shipPostcode,
    city: draft.shipCity,
    region: draft.shipRegion,
    country: draft.shipCountry,
    vatNumber: draft.vatNumber,
  }
}
