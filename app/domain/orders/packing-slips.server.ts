import { asc, inArray } from 'drizzle-orm'
import { dateFormat } from '#app/domain/intl.ts'
import type { Settings } from '#app/domain/settings/settings.server.ts'
import { addressLines } from '#app/domain/shipping/address-lines.server.ts'
import { db } from '#db/client.ts'
import { orderLines, orders } from '#db/schema/index.ts'
import { orderName, shippingAddress } from './orders.ts'
import { linesToPack } from './packing.ts'

/** Printed at once: a page of the list of orders. */
export const maxPackingSlips = 50

/** What the packing slips of these orders show, in the order of the ids; unknown ids are left out. */
export async function listPackingSlips(ids: number[], { locale, timeZone, contactAddress }: Settings) {
  if (ids.length === 0) return []
  const [found, lines] = await Promise.all([
    db.select().from(orders).where(inArray(orders.id, ids)),
    db.select().from(orderLines).where(inArray(orderLines.orderId, ids)).orderBy(asc(orderLines.id)),
  ])
  const day = dateFormat(locale, { dateStyle: 'long', timeZone })
  return ids.flatMap((id) => {
    const order = found.find((one) => one.id === id)
    if (!order) return []
    const { isPickup, shippingLabel, phone, customerNote } = order
    return [
      {
        ...{ id, name: orderName(order), isPickup, shippingLabel, phone, customerNote },
        packed: linesToPack(lines.filter(({ orderId }) => orderId === id)),
        address: addressLines(shippingAddress(order), locale),
        from: contactAddress,
        placedOn: day.format(order.placedAt),
      },
    ]
  })
}
