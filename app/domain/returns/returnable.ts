import type { ReturnState } from '#app/domain/orders/order-states.ts'

export type Units = { orderLineId: number; quantity: number }[]

type Shipment = { createdAt: Date; deliveredAt: Date | null; canceledAt: Date | null; lines: Units }

const dayMs = 24 * 60 * 60 * 1000

/**
 * The units of each line that can be returned: shipped and in no other return. With `days`, only units of shipments
 * that were delivered in the last days, or shipped when nobody recorded the delivery.
 */
export function returnableUnits(
  shipments: Shipment[],
  returned: { state: ReturnState; lines: Units }[],
  period: { days: number; now: Date } | null,
): Units {
  const sent = shipments.filter(({ canceledAt }) => canceledAt === null)
  const recent = sent.filter(
    ({ deliveredAt, createdAt }) =>
      !period || period.now.getTime() < (deliveredAt ?? createdAt).getTime() + period.days * dayMs,
  )
  const counted = returned.filter(({ state }) => state !== 'declined' && state !== 'canceled')
  const ids = [...new Set(sent.flatMap(({ lines }) => lines.map(({ orderLineId }) => orderLineId)))]
  return ids
    .map((id) => {
      const left = unitsOf(sent, id) - unitsOf(counted, id)
      return { orderLineId: id, quantity: Math.min(left, unitsOf(recent, id)) }
    })
    .filter(({ quantity }) => quantity > 0)
}

function unitsOf(parts: { lines: Units }[], id: number): number {
  return parts
    .flatMap(({ lines }) => lines)
    .reduce((sum, { orderLineId, quantity }) => (orderLineId === id ? sum + quantity : sum), 0)
}

/** Whether each chosen line is listed with at least that many units. */
export function isReturnable(chosen: Units, returnable: Units): boolean {
  return chosen.every(
    ({ orderLineId, quantity }) => quantity <= unitsOf([{ lines: returnable }], orderLineId),
  )
}
