import { Column, Row, Section, Text } from '@react-email/components'
import {
  type EmailPolicies,
  type FrameShop,
  EmailButton,
  EmailFrame,
  EmailLink,
  styles,
} from './email-frame.tsx'

/** The content of an email that is not about an order. */
export type AccountEmailText = {
  subject: string
  heading: string
  lead: string
  /** What staff wrote. */
  message?: string
  /** Amounts with their labels. */
  rows?: { label: string; amount: string; isTotal?: boolean }[]
  /** What the email is about, one per line. */
  items?: string[]
  /** Links in the text, one per line. */
  list?: { label: string; href: string }[]
  button?: { label: string; href: string }
  /** Smaller text at the end: how long the link is valid, what to do if the user did not request it. */
  after?: string
  /** Ends emails like this one. */
  stop?: { label: string; href: string }
}

export function AccountEmail({
  shop,
  content,
  policies,
}: {
  shop: FrameShop
  content: AccountEmailText
  policies: EmailPolicies
}) {
  return (
    <EmailFrame shop={shop} heading={content.heading} lead={content.lead} policies={policies}>
      {content.message && (
        <Section className="box" style={styles.box}>
          <Text style={{ ...styles.text, margin: '0', whiteSpace: 'pre-line' }}>{content.message}</Text>
        </Section>
      )}
      {content.rows?.map(({ label, amount, isTotal }, index) => (
        <Row key={index}>
          <Column style={{ ...styles.label, ...(isTotal && styles.total) }}>{label}</Column>
          <Column style={{ ...styles.amount, ...(isTotal && styles.total) }}>{amount}</Column>
        </Row>
      ))}
      {content.items && (
        <Section className="box" style={styles.box}>
          {content.items.map((item, index) => (
            <Text key={index} style={styles.item}>
              {item}
            </Text>
          ))}
        </Section>
      )}
      {content.list?.map(({ label, href }) => (
        <Text key={href} style={styles.text}>
          <EmailLink href={href}>{label}</EmailLink>
        </Text>
      ))}
      {content.button && (
        <EmailButton shop={shop} href={content.button.href}>
          {content.button.label}
        </EmailButton>
      )}
      {content.after && (
        <Text className="soft" style={styles.small}>
          {content.after}
        </Text>
      )}
      {content.stop && (
        <Text className="soft" style={styles.small}>
          <EmailLink href={content.stop.href}>{content.stop.label}</EmailLink>
        </Text>
      )}
    </EmailFrame>
  )
}
