import { describeStep } from '#app/domain/pricing/totals.ts'
import { formatMoney } from '#app/domain/money.ts'
import { orderName, shippingAddress } from '#app/domain/orders/orders.ts'
import { addressLines } from '#app/domain/shipping/address-lines.server.ts'
import { urls } from '#app/urls.ts'
import type { AccountEmailText } from './account-email.tsx'
import type { EmailPolicies, FrameShop } from './email-frame.tsx'
import { contentFor, detailsOf, shipmentOf, transferOf } from './order-email.tsx'
import { columns, displayWidth, lineWidth, paragraphs, wrap } from './plain-text.ts'
import type { OrderEmailInput } from './render.server.tsx'

/** The text part of an order email. */
export function orderEmailText(input: OrderEmailInput): string {
  const { order, settings, origin, invoice } = input
  const money = (amount: number) => formatMoney(amount, settings)
  const shipment = shipmentOf(input)
  const transfer = transferOf(input)
  const rows = order.priceBreakdown.map((step) => describeStep(step, money))
  return framed({ shop: settings, policies: input.policies }, contentFor(input), [
    transfer && wrap(transfer.request),
    transfer?.details,
    shipment &&
      [...shipment.items, shipment.tracking]
        .filter(Boolean)
        .map((line) => wrap(line))
        .join('\n'),
    shipment?.trackingUrl && link('Track your shipment', shipment.trackingUrl),
    detailsOf(input)
      .map((line) => wrap(line))
      .join('\n'),
    link('View your order', origin + urls.order(order.token)),
    invoice && link(`View invoice ${invoice.name}`, origin + urls.orderInvoice(order.token, invoice.id)),
    `${heading(`Order ${orderName(order)}`)}\n${columns([...rows, { label: 'Total', amount: money(order.total) }])}`,
    `${heading('Ship to')}\n${addressLines(shippingAddress(input.order), input.settings.locale).join('\n')}`,
  ])
}

/** The text part of an email that is not about an order. */
export function accountEmailText(
  shop: FrameShop,
  content: AccountEmailText,
  policies: EmailPolicies,
): string {
  return framed({ shop, policies }, content, [
    content.message &&
      content.message
        .split('\n')
        .map((line) => wrap(line))
        .join('\n'),
    content.rows && columns(content.rows),
    content.items?.map((item) => wrap(item)).join('\n'),
    ...(content.list ?? []).map(({ label, href }) => link(label, href)),
    content.button && link(content.button.label, content.button.href),
    content.after && wrap(content.after),
    content.stop && link(content.stop.label, content.stop.href),
  ])
}

function framed(
  { shop, policies }: { shop: FrameShop; policies: EmailPolicies },
  content: { heading: string; lead: string },
  parts: Parameters<typeof paragraphs>[0],
): string {
  const call = shop.contactPhone && ` or call ${shop.contactPhone}`
  return paragraphs([
    wrap(shop.shopName),
    heading(content.heading),
    wrap(content.lead),
    ...parts,
    wrap(`Questions? Write to ${shop.contactEmail}${call}.`),
    policies.map(({ label, href }) => link(label, href)).join('\n'),
  ])
}

function heading(text: string): string {
  return `${wrap(text)}\n${'-'.repeat(Math.min(lineWidth, displayWidth(text)))}`
}

function link(label: string, href: string): string {
  return `${wrap(label)}:\n${href}`
}
