import { and, desc, eq, lt, sql } from 'drizzle-orm'
import { auditedTransaction, db, type Tx } from '#db/client.ts'
import { users } from '#db/schema/accounts.ts'
import { stockLedger, variants } from '#db/schema/catalog.ts'
import { orders } from '#db/schema/orders.ts'

export type StockChange = {
  productId: number
  variantId: number
  /** What the form showed, and what the user typed. */
  shown: number
  stock: number
  reason: 'correction' | 'received'
  note: string
  by: number
}

export type AdjustStockResult =
  | { ok: true; stock: number; delta: number; soldSince: number }
  | { ok: false; reason: 'not-found' | 'below-zero'; stock: number }

/**
 * Adjusts stock by the difference between what the form showed and what was typed, so that a sale in between is kept:
 * 10 shown, 12 typed, one sold in between gives 11. Refused when the result would be below zero.
 */
export async function adjustStock(change: StockChange): Promise<AdjustStockResult> {
  return auditedTransaction(change.by, (tx) => applyStockChange(tx, change))
}

/** Changes stock and its ledger row in one statement, under the row's lock. */
export async function applyStockChange(tx: Tx, change: StockChange): Promise<AdjustStockResult> {
  const delta = change.stock - change.shown
  const owned = and(eq(variants.id, change.variantId), eq(variants.productId, change.productId))
  const changed =
    delta === 0
      ? []
      : await tx.execute<{ balance: number }>(sql`
          with changed as (
            update variants set stock = stock + ${delta}::int, updated_at = now()
            where id = ${change.variantId}::bigint and product_id = ${change.productId}::bigint
              and (stock + ${delta}::int >= 0 or allow_backorder or ${delta}::int > 0)
            returning id, stock
          )
          insert into stock_ledger (variant_id, delta, balance, reason, by_user_id, note)
          select id, ${delta}::int, stock, ${change.reason}::stock_reason, ${change.by}::bigint, ${change.note}
          from changed
          returning balance`)
  if (changed[0])
    return { ok: true, stock: changed[0].balance, delta, soldSince: change.stock - changed[0].balance }
  const [now] = await tx.select({ stock: variants.stock }).from(variants).where(owned)
  if (!now) return { ok: false, reason: 'not-found', stock: 0 }
  if (delta === 0) return { ok: true, stock: now.stock, delta, soldSince: change.shown - now.stock }
  return { ok: false, reason: 'below-zero', stock: now.stock }
}

export type LedgerRow = Awaited<ReturnType<typeof listStockLedger>>[number]

/** A variant's stock history, newest first; pass the last row's id for the rows before it. */
export async function listStockLedger(input: { variantId: number; before?: number; limit: number }) {
  return db
    .select({
      id: stockLedger.id,
      delta: stockLedger.delta,
      balance: stockLedger.balance,
      reason: stockLedger.reason,
      oversold: stockLedger.oversold,
      note: stockLedger.note,
      orderId: stockLedger.orderId,
      orderNumber: sql<string | null>`${orders.numberPrefix} || ${orders.number}`,
      importId: stockLedger.importId,
      by: users.name,
      createdAt: stockLedger.createdAt,
    })
    .from(stockLedger)
    .leftJoin(users, eq(users.id, stockLedger.byUserId))
    .leftJoin(orders, eq(orders.id, stockLedger.orderId))
    .where(
      and(
        eq(stockLedger.variantId, input.variantId),
        input.before ? lt(stockLedger.id, input.before) : undefined,
      ),
    )
    .orderBy(desc(stockLedger.id))
    .limit(input.limit)
}
