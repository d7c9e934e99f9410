import {
  Body,
  Button,
  Column,
  Container,
  Head,
  Heading,
  Hr,
  Html,
  Preview,
  Row,
  Section,
  Text,
} from '@react-email/components'
import { formatMoney } from '#app/domain/money.ts'
import { orderName } from '#app/domain/orders/orders.ts'
import { urls } from '#app/urls.ts'
import type { MailKind } from '../mail.ts'
import type { OrderMailInput } from './render.server.tsx'

/** The one layout of all mails about an order. Tables and inline styles: mail programs know little else. */
export function OrderMail(input: OrderMailInput) {
  const { order, settings, origin } = input
  const money = (amount: number) => formatMoney(amount, { currency: order.currency, locale: settings.locale })
  const words = wordsOf(input)
  return (
    <Html lang={settings.locale} dir="auto">
      <Head>
        <title>{words.heading}</title>
        <meta name="color-scheme" content="light dark" />
      </Head>
      <Preview>{words.lead}</Preview>
      <Body style={styles.body}>
        <Container style={styles.container}>
          <Text style={styles.shop}>{settings.shopName}</Text>
          <Heading as="h1" style={styles.heading}>
            {words.heading}
          </Heading>
          <Text style={styles.text}>{words.lead}</Text>
          <PayInstructions {...input} />
          <Tracking {...input} />
          <Button
            href={origin + urls.order(order.token)}
            style={{
              ...styles.button,
              backgroundColor: settings.accentColor,
              color: inkOn(settings.accentColor),
            }}
          >
            View your order
          </Button>
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
          <Text style={styles.small}>
            Questions? Write to {settings.contactEmail}
            {settings.contactPhone && ` or call ${settings.contactPhone}`}.
          </Text>
        </Container>
      </Body>
    </Html>
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
  } satisfies Record<MailKind, { heading: string; lead: string }>
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

/** Black or white, whichever reads better on the colour (relative luminance, WCAG 2.2). */
function inkOn(hex: string): string {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const channel = parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? '#000000' : '#ffffff'
}

const styles = {
  body: { backgroundColor: '#f6f4ef', color: '#221f1a', fontFamily: 'system-ui, sans-serif', margin: '0' },
  container: { backgroundColor: '#ffffff', margin: '24px auto', maxWidth: '600px', padding: '32px' },
  shop: { fontFamily: 'Georgia, serif', fontSize: '22px', margin: '0 0 24px' },
  heading: {
    fontFamily: 'Georgia, serif',
    fontSize: '28px',
    fontWeight: 'normal',
    lineHeight: '1.2',
    margin: '0 0 12px',
  },
  subheading: { fontSize: '18px', margin: '0 0 12px' },
  text: { fontSize: '16px', lineHeight: '1.5', margin: '0 0 12px' },
  small: { color: '#5c564b', fontSize: '14px', lineHeight: '1.5' },
  box: { border: '1px solid #ddd8cc', margin: '16px 0', padding: '16px' },
  button: {
    borderRadius: '6px',
    display: 'inline-block',
    fontSize: '16px',
    margin: '12px 0',
    padding: '14px 24px',
  },
  rule: { borderColor: '#ddd8cc', margin: '24px 0' },
  label: { fontSize: '16px', padding: '4px 0' },
  amount: { fontSize: '16px', padding: '4px 0', textAlign: 'right', whiteSpace: 'nowrap' },
  total: { fontWeight: 'bold' },
} as const
