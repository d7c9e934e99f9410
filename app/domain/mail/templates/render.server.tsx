import { render } from '@react-email/components'
import type { getOrder } from '#app/domain/orders/orders.server.ts'
import { orderName } from '#app/domain/orders/orders.ts'
import type { Settings } from '#app/domain/settings/settings.server.ts'
import type { OrderMailKind } from '../mail.ts'
import { AccountMail, type AccountMailWords } from './account-mail.tsx'
import { OrderMail } from './order-mail.tsx'

export type OrderMailInput = {
  kind: OrderMailKind
  fulfilmentId: number | null
  settings: Settings
  /** Where the shop's links lead, without a slash at the end. */
  origin: string
} & Pick<NonNullable<Awaited<ReturnType<typeof getOrder>>>, 'order' | 'lines' | 'fulfilments'>

export type MailContent = { subject: string; html: string; text: string }

/** A mail about an order. */
export function renderOrderMail(input: OrderMailInput): Promise<MailContent> {
  return toContent(subjectOf(input), <OrderMail {...input} />)
}

/** A mail about an account. */
export function renderAccountMail(input: {
  settings: Settings
  words: AccountMailWords
}): Promise<MailContent> {
  return toContent(input.words.subject, <AccountMail shop={input.settings} words={input.words} />)
}

/** Subject, HTML and the same as plain text. */
async function toContent(subject: string, mail: React.ReactElement): Promise<MailContent> {
  const [html, text] = await Promise.all([render(mail), render(mail, { plainText: true })])
  return {
    subject: subject.replace(/[\r\n]+/g, ' '),
    // React 18 writes zero bytes where a character does not fit the end of a 2 KB buffer; PostgreSQL refuses them.
    html: html.replaceAll('\0', ''),
    text: text.replaceAll('\0', ''),
  }
}

function subjectOf({ kind, order, settings }: OrderMailInput): string {
  const name = orderName(order)
  const subjects = {
    'order-confirmed': `Your order ${name} at ${settings.shopName}`,
    'order-paid': `We received your payment for order ${name}`,
    'order-fulfilled': `Your order ${name} is on its way`,
    'order-cancelled': `Your order ${name} was cancelled`,
  } satisfies Record<OrderMailKind, string>
  return subjects[kind]
}
