import type { Address } from '#app/domain/shipping/address.ts'
import type { orderEventKind } from '#db/schema/orders.ts'

export type OrderEventKind = (typeof orderEventKind.enumValues)[number]

/** "#1001" */
export function orderName(order: { numberPrefix: string; number: number }): string {
  return `${order.numberPrefix}${order.number}`
}

type ShipTo = Record<
  | 'shipName'
  | 'shipCompany'
  | 'shipLine1'
  | 'shipLine2'
  | 'shipPostcode'
  | 'shipCity'
  | 'shipRegion'
  | 'shipCountry',
  string
>

/** The order's shipping address. */
export function shippingAddress(order: ShipTo): Address {
  return {
    name: order.shipName,
    company: order.shipCompany,
    line1: order.shipLine1,
    line2: order.shipLine2,
    postcode: order.shipPostcode,
    city: order.shipCity,
    region: order.shipRegion,
    country: order.shipCountry,
  }
}
