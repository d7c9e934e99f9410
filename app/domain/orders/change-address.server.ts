import { auditedTransaction } from '#db/client.ts'
import { addOrderEvent } from './insert-order.server.ts'
import { changeOrder, lockOrder } from './lock-order.server.ts'
import type { Address } from '#app/domain/shipping/address.ts'

type NewAddress = Address & { email: string; phone: string }

export type ChangeAddressResult =
  { ok: true } | { ok: false; reason: 'not-found' | 'stale' | 'not-changeable' | 'other-country' }

/**
 * Changes the email, the phone and the shipping address of an order until everything is shipped. The country stays,
 * because it decided taxes and shipping.
 */
export async function changeOrderAddress({
  orderId,
  version,
  by,
  ...address
}: NewAddress & { orderId: number; version: number; by: number }): Promise<ChangeAddressResult> {
  return auditedTransaction(by, async (tx) => {
    const order = await lockOrder(tx, orderId)
    if (!order) return { ok: false, reason: 'not-found' }
    if (order.canceledAt || order.fulfillmentState === 'fulfilled')
      return { ok: false, reason: 'not-changeable' }
    if (order.version !== version) return { ok: false, reason: 'stale' }
    if (order.shipCountry !== address.country) return { ok: false, reason: 'other-country' }
    await changeOrder(tx, orderId, {
      email: address.email,
      phone: address.phone,
      shipName: address.name,
      shipCompany: address.company,
      shipLine1: address.line1,
      shipLine2: address.line2,
      shipPostcode: address.postcode,
      shipCity: address.city,
      shipRegion: address.region,
    })
    await addOrderEvent(tx, { orderId, kind: 'edited', detail: 'Contact or address', byUserId: by })
    return { ok: true }
  })
}
