import { getOrderByToken, getOrder } from '#app/domain/orders/orders.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { returnableUnits, type Units } from './returnable.ts'
import { listReturns } from './returns.server.ts'

/** The lines of an order that its customer can still ask to return; null for an unknown token. */
export async function listReturnable({ token, now }: { token: string; now: Date }) {
  const found = await getOrderByToken(token)
  if (!found) return null
  const { order, lines, fulfillments } = found
  const [returns, settings] = await Promise.all([listReturns(order.id), getSettings()])
  const units = returnableUnits(fulfillments, returns, { days: settings?.returnDays ?? 0, now })
  return { order, lines: withUnits(lines, units) }
}

/** The lines of an order that staff can start a return of; null when there is no such order. */
export async function listReturnableForStaff(orderId: number) {
  const found = await getOrder(orderId)
  if (!found) return null
  const { order, lines, fulfillments } = found
  return { order, lines: withUnits(lines, returnableUnits(fulfillments, await listReturns(orderId), null)) }
}

function withUnits<Line extends { id: number }>(lines: Line[], units: Units) {
  return lines.flatMap((line) => {
    const left = units.find(({ orderLineId }) => orderLineId === line.id)?.quantity
    return left ? [{ ...line, left }] : []
  })
}
