import { Column, Row, Section, Text } from '@react-email/components'
import { type FrameShop, EmailButton, EmailFrame, EmailLink, styles } from './email-frame.tsx'

/** The content of an account email. */
export type AccountEmailText = {
  subject: string
  heading: string
  lead: string
  rows?: { label: string; amount: string }[]
  /** Links in the text, one per line. */
  list?: { label: string; href: string }[]
  button?: { label: string; href: string }
  /** Smaller text at the end: how long the link is valid, what to do if the user did not request it. */
  after?: string
}

export function AccountEmail({ shop, content }: { shop: FrameShop; content: AccountEmailText }) {
  return (
    <EmailFrame shop={shop} heading={content.heading} lead={content.lead}>
      {content.rows && (
        <Section className="box" style={styles.box}>
          {content.rows.map(({ label, amount }) => (
            <Row key={label}>
              <Column style={styles.label}>{label}</Column>
              <Column style={styles.amount}>{amount}</Column>
            </Row>
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
    </EmailFrame>
  )
}
