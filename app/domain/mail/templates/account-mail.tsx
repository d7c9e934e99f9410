import { Text } from '@react-email/components'
import { type FrameShop, MailButton, MailFrame, styles } from './mail-frame.tsx'

/** What a mail about an account says; the words come from the account's own rules (account-mail-words.ts). */
export type AccountMailWords = {
  subject: string
  heading: string
  lead: string
  /** Links in the text, each on a line of its own. */
  list?: { label: string; href: string }[]
  button?: { label: string; href: string }
  /** Smaller, at the end: how long the link works, what to do if it was somebody else. */
  after?: string
}

export function AccountMail({ shop, words }: { shop: FrameShop; words: AccountMailWords }) {
  return (
    <MailFrame shop={shop} heading={words.heading} lead={words.lead}>
      {words.list?.map(({ label, href }) => (
        <Text key={href} style={styles.text}>
          <a href={href}>{label}</a>
        </Text>
      ))}
      {words.button && (
        <MailButton shop={shop} href={words.button.href}>
          {words.button.label}
        </MailButton>
      )}
      {words.after && <Text style={styles.small}>{words.after}</Text>}
    </MailFrame>
  )
}
