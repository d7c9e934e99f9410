import { refundableAmount } from '#app/domain/orders/order-states.ts'
import { unitsKept, unitsToShip } from '#app/domain/orders/packing.ts'
import { getOrder } from '#app/domain/orders/orders.server.ts'
import { db } from '#db/client.ts'
import { leftToRefund } from './refund-amounts.ts'
import { countRestocked, listRefundRequests } from './refunds.server.ts'

/** What staff can refund of an order, with all that the amounts are calculated from; null when there is no such order. */
export async function getRefundPage(orderId: number) {
  const found = await getOrder(orderId)
  if (!found) return null
  const [earlier, restocked] = await Promise.all([
    listRefundRequests(db, orderId),
    countRestocked(db, orderId),
  ])
  const { order, lines } = found
  const left = leftToRefund(order, lines, earlier)
  return {
    order,
    earlier,
    left,
    refundable: refundableAmount(order),
    lines: lines.map((line) => ({
      ...line,
      toShip: unitsToShip(line),
      kept: unitsKept(line),
      restockable:
        !order.canceledAt && line.stockTaken && line.variantId !== null
          ? line.quantity - (restocked.get(line.id) ?? 0)
          : 0,
    })),
  }
}
