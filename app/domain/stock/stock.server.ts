import { inArray, sql } from 'drizzle-orm'
import type { Tx } from '#db/client.ts'
import { stockLedger, variants } from '#db/schema/index.ts'

/**
 * Takes an order's quantities out of stock and writes the ledger, checked and taken in one statement: a variant that
 * tracks stock and does not allow backorders is taken only if there is enough. Returns the remaining stock of each
 * variant that tracks it, or null when any was short; the caller's transaction must then be rolled back. One line per
 * variant, already locked in id order.
 */
export async function takeStock(
  tx: Tx,
  input: { orderId: number; lines: { variantId: number; quantity: number; trackStock: boolean }[] },
): Promise<{ variantId: number; left: number }[] | null> {
  const tracked = input.lines.filter((line) => line.trackStock)
  if (tracked.length === 0) return []
  const wanted = sql.join(
    tracked.map((line) => sql`(${line.variantId}::bigint, ${line.quantity}::int)`),
    sql`, `,
  )
  const rows = await tx.execute<{ variantId: number; left: number }>(sql`
    with taken as (
      update ${variants} v
      set stock = v.stock - w.quantity
      from (values ${wanted}) as w (variant_id, quantity)
      where v.id = w.variant_id and (v.stock >= w.quantity or v.allow_backorder)
      returning v.id, v.stock, w.quantity
    )
    insert into ${stockLedger} (variant_id, delta, balance, reason, oversold, order_id)
    select id, -quantity, stock, 'sale', stock < 0, ${input.orderId}::bigint from taken
    returning variant_id::int as "variantId", balance as "left"`)
  return rows.length === tracked.length ? [...rows] : null
}

/**
 * Changes the stock for an edited order and writes the ledger: a delta below 0 is taken, one above 0 goes back where the
 * variant still exists and tracks stock. Locks the variants in id order. False, and nothing is changed, when a variant
 * without backorders has not enough.
 */
export async function changeOrderStock(
  tx: Tx,
  input: { orderId: number; byUserId: number; lines: { variantId: number; delta: number }[] },
): Promise<boolean> {
  const { orderId, byUserId, lines } = input
  if (lines.length === 0) return true
  const ids = lines.map(({ variantId }) => variantId)
  const { id, trackStock, allowBackorder, stock } = variants
  const locked = await tx
    .select({ id, trackStock, allowBackorder, stock })
    .from(variants)
    .where(inArray(id, ids))
    .orderBy(id)
    .for('update')
  const changes = locked
    .filter((variant) => variant.trackStock)
    .map((variant) => {
      const own = lines.filter(({ variantId }) => variantId === variant.id)
      return { ...variant, variantId: variant.id, delta: own.reduce((sum, { delta }) => sum + delta, 0) }
    })
  if (changes.some((one) => one.delta < 0 && one.stock + one.delta < 0 && !one.allowBackorder)) return false
  const back = changes.filter(({ delta }) => delta > 0).map((one) => ({ ...one, quantity: one.delta }))
  const taken = changes.filter(({ delta }) => delta < 0).map((one) => ({ ...one, quantity: -one.delta }))
  await returnStock(tx, { orderId, byUserId, reason: 'restock', lines: back })
  if (!(await takeStock(tx, { orderId, lines: taken })))
    throw new Error(`Order ${orderId}: locked stock is missing`)
  return true
}

/**
 * Puts units of an order's lines back into stock, where the variants still exist and track stock, and writes the
 * ledger. Locks the variants in id order. Returns the variants that were restocked.
 */
export async function returnStock(
  tx: Tx,
  input: {
    orderId: number
    reason: 'cancellation' | 'restock'
    /** Null: not staff. */
    byUserId: number | null
    lines: { variantId: number; quantity: number }[]
  },
): Promise<{ variantId: number; quantity: number }[]> {
  if (input.lines.length === 0) return []
  const ids = input.lines.map((line) => line.variantId)
  await tx
    .select({ id: variants.id })
    .from(variants)
    .where(inArray(variants.id, ids))
    .orderBy(variants.id)
    .for('update')
  const given = sql.join(
    input.lines.map((line) => sql`(${line.variantId}::bigint, ${line.quantity}::int)`),
    sql`, `,
  )
  const rows = await tx.execute<{ variantId: number; quantity: number }>(sql`
    with back as (
      update ${variants} v
      set stock = v.stock + g.quantity
      from (select variant_id, sum(quantity)::int as quantity from (values ${given}) as t (variant_id, quantity) group by 1) g
      where v.id = g.variant_id and v.track_stock
      returning v.id, v.stock, g.quantity
    )
    insert into ${stockLedger} (variant_id, delta, balance, reason, order_id, by_user_id)
    select id, quantity, stock, ${input.reason}::stock_reason, ${input.orderId}::bigint, ${input.byUserId}::bigint from back
    returning variant_id::int as "variantId", delta as quantity`)
  return [...rows]
}
