import { render } from '@react-email/components'
import type { getOrder } from '#app/domain/orders/orders.server.ts'
import { orderName } from '#app/domain/orders/orders.ts'
import type { Settings } from '#app/domain/settings/settings.server.ts'
import type { MailKind } from '../mail.ts'
import { OrderMail } from './order-mail.tsx'

export type OrderMailInput = {
  kind: MailKind
  fulfilmentId: number | null
  settings: Settings
  /** Where the shop's links lead, without a slash at the end. */
  origin: string
} & Pick<NonNullable<Awaited<ReturnType<typeof getOrder>>>, 'order' | 'lines' | 'fulfilments'>

/** A mail about an order: subject, HTML and the same as plain text. */
export async function renderOrderMail(
  input: OrderMailInput,
): Promise<{ subject: string; html: string; text: string }> {
  const mail = <OrderMail {...input} />
  const [html, text] = await Promise.all([render(mail), render(mail, { plainText: true })])
  // React 18 writes zero bytes where a character does not fit the end of a 2 KB buffer; PostgreSQL refuses them.
  return { subject: subjectOf(input), html: html.replaceAll('\0', ''), text: text.replaceAll('\0', '') }
}

function subjectOf({ kind, order, settings }: OrderMailInput): string {
  const name = orderName(order)
  const subjects = {
    'order-confirmed': `Your order ${name} at ${settings.shopName}`,
    'order-paid': `We received your payment for order ${name}`,
    'order-fulfilled': `Your order ${name} is on its way`,
    'order-cancelled': `Your order ${name} was cancelled`,
  } satisfies Record<MailKind, string>
  return subjects[kind].replace(/[\r\n]+/g, ' ')
}
