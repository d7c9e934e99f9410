import { returnStock } from '#app/domain/stock/stock.server.ts'
import type { Tx } from '#db/client.ts'
import { countRestocked } from './refunds.server.ts'

export type StockLine = { id: number; variantId: number | null; quantity: number; stockTaken: boolean }

/**
 * Puts units of a locked order's lines back into stock, as a step of the caller's transaction: no unit twice, and only
 * of variants that still exist and track stock. Returns the units per line that went back.
 */
export async function restock(
  tx: Tx,
  input: {
    orderId: number
    reason: 'cancellation' | 'restock'
    byUserId: number | null
    lines: StockLine[]
    wanted: { orderLineId: number; quantity: number }[]
  },
): Promise<Map<number, number>> {
  const before = await countRestocked(tx, input.orderId)
  const units = input.wanted.flatMap(({ orderLineId, quantity }) => {
    const line = input.lines.find(({ id }) => id === orderLineId)
    const left = line ? Math.min(quantity, line.quantity - (before.get(line.id) ?? 0)) : 0
    const isPossible = line?.stockTaken && line.variantId !== null && left > 0
    return isPossible ? [{ orderLineId, variantId: line.variantId!, quantity: left }] : []
  })
  const { orderId, reason, byUserId } = input
  const restocked = await returnStock(tx, { orderId, reason, byUserId, lines: units })
  return new Map(
    units
      .filter((unit) => restocked.some(({ variantId }) => variantId === unit.variantId))
      .map(({ orderLineId, quantity }) => [orderLineId, quantity]),
  )
}
