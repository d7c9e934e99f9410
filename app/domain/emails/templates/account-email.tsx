import { Text } from '@react-email/components'
import { type FrameShop, EmailButton, EmailFrame, EmailLink, styles } from './email-frame.tsx'

/** The content of an account email. */
export type AccountEmailText = {
  subject: string
  heading: string
  lead: string
  /** Links in the text, one per line. */
  list?: { label: string; href: string }[]
  button?: { label: string; href: string }
  /** Smaller text at the end: how long the link is valid, what to do if the user did not request it. */
  after?: string
}

export function AccountEmail({ shop, content }: { shop: FrameShop; content: AccountEmailText }) {
  return (
    <EmailFrame shop={shop} heading={content.heading} lead={content.lead}>
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
