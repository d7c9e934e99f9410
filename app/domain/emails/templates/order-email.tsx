import { Column, Heading, Hr, Row, Section, Text } from '@react-email/components'
import { formatMoney } from '#app/domain/money.ts'
import { amountDue } from '#app/domain/orders/order-states.ts'
import { orderName, shippingAddress } from '#app/domain/orders/orders.ts'
import { addressLines } from '#app/domain/shipping/address-lines.server.ts'
import { describeStep } from '#app/domain/pricing/totals.ts'
import { urls } from '#app/urls.ts'
import type { OrderEmailKind } from '#app/domain/mail/mail.ts'
import { EmailButton, EmailFrame, EmailLink, styles } from './email-frame.tsx'
import type { OrderEmailInput } from './render.server.tsx'

/** An order email: its status, its lines, its shipping address. */
export function OrderEmail(input: OrderEmailInput) {
  const { order, settings, origin, invoice } = input
  const money = (amount: number) => formatMoney(amount, settings)
  return (
    <EmailFrame shop={settings} policies={input.policies} {...contentFor(input)}>
      <PayInstructions {...input} />
      <Tracking {...input} />
      <Details {...input} />
      <EmailButton shop={settings} href={origin + urls.order(order.token)}>
        View your order
      </EmailButton>
      {invoice && (
        <Text style={styles.text}>
          <EmailLink href={origin + urls.orderInvoice(order.token, invoice.id)}>
            View invoice {invoice.name}
          </EmailLink>
        </Text>
      )}
      <Hr className="rule" style={styles.rule} />
      <Heading as="h2" style={styles.subheading}>
        Order {orderName(order)}
      </Heading>
      {order.priceBreakdown
        .map((step) => describeStep(step, money))
        .map((step, index) => (
          <Row key={index}>
            <Column style={styles.label}>{step.label}</Column>
            <Column style={styles.amount}>{step.amount}</Column>
          </Row>
        ))}
      <Row>
        <Column style={{ ...styles.label, ...styles.total }}>Total</Column>
        <Column style={{ ...styles.amount, ...styles.total }}>{money(order.total)}</Column>
      </Row>
      <Hr className="rule" style={styles.rule} />
      <Section>
        <Text style={styles.text}>
          {addressLines(shippingAddress(order), settings.locale).map((line, index) => (
            <span key={index}>
              {line}
              <br />
            </span>
          ))}
        </Text>
      </Section>
    </EmailFrame>
  )
}

/** What the email asks to transfer, and where to; null when it does not ask. */
export function transferOf({ kind, order, settings }: OrderEmailInput) {
  const isAbout = kind === 'order-confirmed' || kind === 'order-edited'
  if (!isAbout || order.paymentMethod !== 'bank-transfer' || amountDue(order) === 0) return null
  const request = `Please transfer ${formatMoney(amountDue(order), settings)} with the reference ${orderName(order)}`
  const details = settings.bankDetails.trim()
  return { request: `${request}${details ? ' to:' : '. Ask us for our bank details.'}`, details }
}

function PayInstructions(input: OrderEmailInput) {
  const transfer = transferOf(input)
  if (!transfer) return null
  return (
    <Section className="box" style={styles.box}>
      <Text style={styles.text}>{transfer.request}</Text>
      {transfer.details && <Text style={{ ...styles.text, whiteSpace: 'pre-line' }}>{transfer.details}</Text>}
    </Section>
  )
}

/** What the email's fulfillment contains, and its tracking; null when the email is not about one. */
export function shipmentOf({ kind, fulfillmentId, fulfillments, lines }: OrderEmailInput) {
  const fulfillment = fulfillments.find(({ id }) => id === fulfillmentId)
  if ((kind !== 'order-fulfilled' && kind !== 'order-delivered') || !fulfillment) return null
  const tracking = [fulfillment.carrier, fulfillment.trackingNumber].filter(Boolean).join(' ')
  const items = fulfillment.lines.map(({ orderLineId, quantity }) => {
    const line = lines.find(({ id }) => id === orderLineId)
    return `${quantity} × ${[line?.title, line?.variantTitle].filter(Boolean).join(', ')}`
  })
  return { items, tracking: tracking && `Tracking: ${tracking}`, trackingUrl: fulfillment.trackingUrl }
}

/** What the email's refund or return contains, and what staff say about the return; empty for other emails. */
export function detailsOf({ kind, refund, returned, message, settings }: OrderEmailInput): string[] {
  if (kind === 'order-message') return [message]
  const items = (refund ?? returned)?.lines.map(
    ({ quantity, title, variantTitle }) =>
      `${quantity} × ${[title, variantTitle].filter(Boolean).join(', ')}`,
  )
  const shipping = refund && refund.shippingAmount > 0
  return [
    ...(items ?? []),
    shipping ? `Shipping: ${formatMoney(refund.shippingAmount, settings)}` : '',
    returned?.answer ?? '',
  ].filter(Boolean)
}

function Details(input: OrderEmailInput) {
  const details = detailsOf(input)
  if (details.length === 0) return null
  return (
    <Section className="box" style={styles.box}>
      {details.map((detail, index) => (
        <Text key={index} style={{ ...styles.text, whiteSpace: 'pre-line' }}>
          {detail}
        </Text>
      ))}
    </Section>
  )
}

function Tracking(input: OrderEmailInput) {
  const shipment = shipmentOf(input)
  if (!shipment) return null
  return (
    <Section className="box" style={styles.box}>
      {shipment.items.map((item, index) => (
        <Text key={index} style={styles.text}>
          {item}
        </Text>
      ))}
      {shipment.tracking && <Text style={styles.text}>{shipment.tracking}</Text>}
      {shipment.trackingUrl && (
        <Text style={styles.text}>
          <EmailLink href={shipment.trackingUrl}>Track your shipment</EmailLink>
        </Text>
      )}
    </Section>
  )
}

export function contentFor(input: OrderEmailInput): { heading: string; lead: string } {
  const { kind, order, settings, refund } = input
  const name = orderName(order)
  const refunded = order.refundedTotal > 0 && formatMoney(order.refundedTotal, settings)
  const content = {
    'order-confirmed': {
      heading: 'Thank you for your order',
      lead:
        order.paymentMethod === 'stripe' && order.paymentState === 'pending'
          ? `We received your order ${orderName(order)}. It ships as soon as your payment arrives. If you haven’t paid yet, open your order and choose “Pay now”.`
          : `We received your order ${orderName(order)} and will email you when it ships.`,
    },
    'order-paid': {
      heading: 'Payment received',
      lead: `We received your payment for order ${orderName(order)}.`,
    },
    'payment-failed': {
      heading: 'Your payment failed',
      lead: `We did not receive your payment for order ${orderName(order)}. Your items are reserved for a day: open your order and choose “Pay now” to try again.`,
    },
    'order-fulfilled': {
      heading: 'Your order is on its way',
      lead:
        order.fulfillmentState === 'fulfilled'
          ? `All items of your order ${orderName(order)} have shipped.`
          : `Part of your order ${orderName(order)} has shipped; the remaining items ship separately.`,
    },
    'order-canceled': {
      heading: 'Your order was canceled',
      lead: `Your order ${name} was canceled. ${refunded ? `We refund you ${refunded}.` : 'No payment is due.'}`,
    },
    'order-edited': {
      heading: 'Your order was changed',
      lead: `We changed your order ${name}. Its total is now ${formatMoney(order.total, settings)}.${order.receivedTotal > 0 && amountDue(order) > 0 ? ` You still have to pay ${formatMoney(amountDue(order), settings)}.` : ''}`,
    },
    'order-message': { heading: 'A message about your order', lead: `About your order ${name}:` },
    'order-refunded': {
      heading: 'Your refund is on its way',
      lead: `We refund you ${formatMoney(refund?.amount ?? 0, settings)} for your order ${name}. It can take some days until your bank shows it.`,
    },
    'order-delivered': {
      heading: 'Your order was delivered',
      lead: `A shipment of your order ${name} was delivered.`,
    },
    'return-requested': {
      heading: 'We received your return request',
      lead: `We will check your return request for order ${name} and email you. Please keep the items until then.`,
    },
    'return-approved': {
      heading: 'Your return was approved',
      lead: `Please send back these items of your order ${name}.`,
    },
    'return-declined': {
      heading: 'Your return was declined',
      lead: `We can’t accept your return for order ${name}.`,
    },
    'return-received': {
      heading: 'We received your return',
      lead: `The items of order ${name} that you returned have arrived. We will refund you next.`,
    },
  } satisfies Record<OrderEmailKind, { heading: string; lead: string }>
  return content[kind]
}
