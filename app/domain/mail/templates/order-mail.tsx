import { Column, Heading, Hr, Row, Section, Text } from '@react-email/components'
import { formatMoney } from '#app/domain/money.ts'
import { orderName } from '#app/domain/orders/orders.ts'
import { urls } from '#app/urls.ts'
import type { OrderMailKind } from '../mail.ts'
import { MailButton, MailFrame, styles } from './mail-frame.tsx'
import type { OrderMailInput } from './render.server.tsx'

/** A mail about an order: how it stands, what was ordered, where it goes. */
export function OrderMail(input: OrderMailInput) {
  const { order, settings, origin } = input
  const money = (amount: number) => formatMoney(amount, { currency: order.currency, locale: settings.locale })
  return (
    <MailFrame shop={settings} {...wordsOf(input)}>
      <PayInstructions {...input} />
      <Tracking {...input} />
      <MailButton shop={settings} href={origin + urls.order(order.token)}>
        View your order
      </MailButton>
      <Hr style={styles.rule} />
      <Heading as="h2" style={styles.subheading}>
        Order {orderName(order)}
      </Heading>
      {order.steps.map((step, index) => (
        <Row key={index}>
          <Column style={styles.label}>{step.label}</Column>
          <Column style={styles.amount}>{money(step.amount)}</Column>
        </Row>
      ))}
      <Row>
        <Column style={{ ...styles.label, ...styles.total }}>Total</Column>
        <Column style={{ ...styles.amount, ...styles.total }}>{money(order.total)}</Column>
      </Row>
      <Hr style={styles.rule} />
      <Section>
        <Text style={styles.text}>
          {addressLines(order).map((line, index) => (
            <span key={index}>
              {line}
              <br />
            </span>
          ))}
        </Text>
      </Section>
    </MailFrame>
  )
}

function PayInstructions({ kind, order, settings }: OrderMailInput) {
  if (kind !== 'order-confirmed' || order.paymentMethod !== 'bank-transfer' || !settings.bankDetails)
    return null
  return (
    <Section style={styles.box}>
      <Text style={styles.text}>
        Please transfer {formatMoney(order.total, { currency: order.currency, locale: settings.locale })} with
        the reference <strong>{orderName(order)}</strong> to:
      </Text>
      <Text style={{ ...styles.text, whiteSpace: 'pre-line' }}>{settings.bankDetails}</Text>
    </Section>
  )
}

function Tracking({ kind, fulfilmentId, fulfilments, lines }: OrderMailInput) {
  const fulfilment = fulfilments.find(({ id }) => id === fulfilmentId)
  if (kind !== 'order-fulfilled' || !fulfilment) return null
  const tracking = [fulfilment.carrier, fulfilment.trackingNumber].filter(Boolean).join(' ')
  return (
    <Section style={styles.box}>
      {fulfilment.lines.map(({ orderLineId, quantity }) => {
        const line = lines.find(({ id }) => id === orderLineId)
        return (
          <Text key={orderLineId} style={styles.text}>
            {quantity} × {line?.title}
            {line?.variantTitle && `, ${line.variantTitle}`}
          </Text>
        )
      })}
      {tracking && <Text style={styles.text}>Tracking: {tracking}</Text>}
      {fulfilment.trackingUrl && (
        <Text style={styles.text}>
          <a href={fulfilment.trackingUrl}>Follow your parcel</a>
        </Text>
      )}
    </Section>
  )
}

function wordsOf({ kind, order }: OrderMailInput): { heading: string; lead: string } {
  const words = {
    'order-confirmed': {
      heading: 'Thank you for your order',
      lead: `We have your order ${orderName(order)} and will write to you when it leaves the house.`,
    },
    'order-paid': {
      heading: 'Your payment is here',
      lead: `We received the payment for your order ${orderName(order)}.`,
    },
    'order-fulfilled': {
      heading: 'Your order is on its way',
      lead:
        order.fulfilmentState === 'fulfilled'
          ? `Everything in your order ${orderName(order)} has been sent.`
          : `Part of your order ${orderName(order)} has been sent; the rest follows.`,
    },
    'order-cancelled': {
      heading: 'Your order was cancelled',
      lead: `Your order ${orderName(order)} was cancelled.${order.paymentState === 'paid' ? ' We will return your payment.' : ' Nothing has to be paid.'}`,
    },
  } satisfies Record<OrderMailKind, { heading: string; lead: string }>
  return words[kind]
}

function addressLines(order: OrderMailInput['order']): string[] {
  return [
    order.shipName,
    order.shipCompany,
    order.shipLine1,
    order.shipLine2,
    `${order.shipPostcode} ${order.shipCity}`.trim(),
    order.shipRegion,
    order.shipCountry,
  ].filter(Boolean)
}
