import { eq } from 'drizzle-orm'
import { createFulfillment } from '#app/domain/orders/create-fulfillment.server.ts'
import { editOrder } from '#app/domain/order-edits/edit-order.server.ts'
import { db } from '#db/client.ts'
import { orderLines, orders, variants } from '#db/schema/index.ts'
import { createOrder, createProduct } from '#tests/support/cast.ts'

/**
 * npm run race -- --scenario edit --buyers 20
 *
 * Each order of two items is edited to one and shipped whole, at the same time. Exactly one of the two happens, and the
 * stock fits it.
 */
export async function raceEdits(count: number): Promise<boolean> {
  const product = await createProduct({ title: 'Edited or shipped', price: 1_000, stock: count * 2 })
  const placed = []
  for (let index = 0; index < count; index += 1) placed.push(await createOrder({ ...product, quantity: 2 }))
  const started = performance.now()
  const outcomes = await Promise.all(
    placed.map(({ orderId, olga }, index) => raceOne(orderId, olga, index % 2 === 1)),
  )
  console.log(`${count} orders: ${Math.round(performance.now() - started)} ms\n`)
  console.table(
    Object.entries(Object.groupBy(outcomes, (outcome) => outcome)).map(([outcome, all]) => ({
      outcome,
      orders: all?.length,
    })),
  )
  const edited = await db.$count(orders, eq(orders.subtotal, 1_000))
  const [variant] = await db.select().from(variants).where(eq(variants.id, product.variantId))
  const isOne = outcomes.every((outcome) => outcome === 'edited' || outcome === 'shipped')
  return isOne && variant!.stock === edited && edited === outcomes.filter((one) => one === 'edited').length
}

async function raceOne(orderId: number, by: number, isShippedFirst: boolean): Promise<string> {
  const [line] = await db.select().from(orderLines).where(eq(orderLines.orderId, orderId))
  const one = { orderLineId: line!.id, quantity: 1 }
  const shipment = { version: 1, carrier: '', trackingNumber: '', trackingUrl: '' }
  const edit = () =>
    editOrder({
      ...{ orderId, version: 1, reason: '', shownTotal: 1_490, by },
      ...{ lines: [one], added: [], shipping: 490 },
    })
  const ship = () => createFulfillment({ ...shipment, orderId, lines: [{ ...one, quantity: 2 }], by })
  // The other one is sent first in every second order.
  const [first, second] = await Promise.all(isShippedFirst ? [ship(), edit()] : [edit(), ship()])
  const [edited, shipped] = isShippedFirst ? [second, first] : [first, second]
  return [edited.ok && 'edited', shipped.ok && 'shipped'].filter(Boolean).join(' and ') || 'neither'
}
