import { render } from '@react-email/components'
import type { getOrder } from '#app/domain/orders/orders.server.ts'
import { orderName } from '#app/domain/orders/orders.ts'
import type { Settings } from '#app/domain/settings/settings.server.ts'
import type { OrderEmailKind } from '#app/domain/mail/mail.ts'
import { AccountEmail, type AccountEmailText } from './account-email.tsx'
import { OrderEmail } from './order-email.tsx'

export type OrderEmailInput = {
  kind: OrderEmailKind
  fulfillmentId: number | null
  settings: Settings
  /** Base URL of the shop's links, without a trailing slash. */
  origin: string
} & Pick<NonNullable<Awaited<ReturnType<typeof getOrder>>>, 'order' | 'lines' | 'fulfillments'>

export type EmailContent = { subject: string; html: string; text: string }

export function renderOrderEmail(input: OrderEmailInput): Promise<EmailContent> {
  return toContent(subjectOf(input), <OrderEmail {...input} />)
}

export function renderAccountEmail(input: {
  settings: Settings
  content: AccountEmailText
}): Promise<EmailContent> {
  return toContent(input.content.subject, <AccountEmail shop={input.settings} content={input.content} />)
}

/** Subject, HTML and plain text. */
async function toContent(subject: string, email: React.ReactElement): Promise<EmailContent> {
  const [html, text] = await Promise.all([render(email), render(email, { plainText: true })])
  return {
    subject: subject.replace(/[\r\n]+/g, ' '),
    // React 18 writes zero bytes where a character does not fit the end of a 2 KB buffer; PostgreSQL refuses them.
    html: html.replaceAll('\0', ''),
    text: text.replaceAll('\0', ''),
  }
}

function subjectOf({ kind, order, settings }: OrderEmailInput): string {
  const name = orderName(order)
  const subjects = {
    'order-confirmed': `Your order ${name} at ${settings.shopName}`,
    'order-paid': `We received your payment for order ${name}`,
    'order-fulfilled': `Your order ${name} is on its way`,
    'order-canceled': `Your order ${name} was canceled`,
  } satisfies Record<OrderEmailKind, string>
  return subjects[kind]
}
