import { render } from '@react-email/components'
import type { getOrderForEmail } from '#app/domain/orders/orders.server.ts'
import { orderName } from '#app/domain/orders/orders.ts'
import type { Settings } from '#app/domain/settings/settings.server.ts'
import type { OrderEmailKind } from '#app/domain/mail/mail.ts'
import { AccountEmail, type AccountEmailText } from './account-email.tsx'
import type { EmailPolicies } from './email-frame.tsx'
import { OrderEmail } from './order-email.tsx'
import { accountEmailText, orderEmailText } from './text-parts.ts'

type EmailItem = { quantity: number; title: string; variantTitle: string }

export type OrderEmailInput = {
  kind: OrderEmailKind
  fulfillmentId: number | null
  settings: Settings
  /** Base URL of the shop's links, without a trailing slash. */
  origin: string
  /** What an email about a refund or a return is about. */
  refund: { amount: number; lines: EmailItem[]; shippingAmount: number } | null
  returned: { answer: string; lines: EmailItem[] } | null
  /** What staff wrote to the customer. */
  message: string
  /** The order's invoice; null before it is issued. */
  invoice: { id: number; name: string } | null
  policies: EmailPolicies
} & Pick<NonNullable<Awaited<ReturnType<typeof getOrderForEmail>>>, 'order' | 'lines' | 'fulfillments'>

export type EmailContent = { subject: string; html: string; text: string }

export function renderOrderEmail(input: OrderEmailInput): Promise<EmailContent> {
  return toContent({
    subject: subjectOf(input),
    html: <OrderEmail {...input} />,
    text: orderEmailText(input),
  })
}

export function renderAccountEmail(input: {
  settings: Settings
  content: AccountEmailText
  policies: EmailPolicies
}): Promise<EmailContent> {
  const { settings, content, policies } = input
  return toContent({
    subject: content.subject,
    html: <AccountEmail shop={settings} content={content} policies={policies} />,
    text: accountEmailText(settings, content, policies),
  })
}

/** Subject, HTML and plain text. */
async function toContent(email: {
  subject: string
  html: React.ReactElement
  text: string
}): Promise<EmailContent> {
  const html = await render(email.html)
  return {
    subject: email.subject.replace(/[\r\n]+/g, ' '),
    // React 18 writes zero bytes where a character does not fit the end of a 2 KB buffer; PostgreSQL refuses them.
    html: html.replaceAll('\0', ''),
    text: email.text,
  }
}

function subjectOf({ kind, order, settings }: OrderEmailInput): string {
  const name = orderName(order)
  const subjects = {
    'order-confirmed': `Your order ${name} at ${settings.shopName}`,
    'order-paid': `We received your payment for order ${name}`,
    'payment-failed': `Your payment for order ${name} failed`,
    'order-fulfilled': `Your order ${name} is on its way`,
    'order-canceled': `Your order ${name} was canceled`,
    'order-edited': `Your order ${name} was changed`,
    'order-message': `A message about your order ${name}`,
    'order-refunded': `Your refund for order ${name}`,
    'order-delivered': `Your order ${name} was delivered`,
    'return-requested': `Your return request for order ${name}`,
    'return-approved': `Your return for order ${name} was approved`,
    'return-declined': `Your return for order ${name} was declined`,
    'return-received': `We received your return for order ${name}`,
  } satisfies Record<OrderEmailKind, string>
  return subjects[kind]
}
