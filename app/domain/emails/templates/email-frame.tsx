import { Body, Button, Container, Head, Heading, Html, Preview, Text } from '@react-email/components'
import { Fragment } from 'react'
import type { Settings } from '#app/domain/settings/settings.server.ts'

export type FrameShop = Pick<
  Settings,
  'shopName' | 'locale' | 'accentColor' | 'contactEmail' | 'contactPhone'
>

/** The store's policies, linked at the end of each email. */
export type EmailPolicies = { label: string; href: string }[]

/** The layout of all emails. Tables and inline styles, because email clients support little else. */
export function EmailFrame({
  shop,
  heading,
  lead,
  policies,
  children,
}: {
  shop: FrameShop
  heading: string
  lead: string
  policies: EmailPolicies
  children?: React.ReactNode
}) {
  return (
    <Html lang={shop.locale} dir="auto">
      <Head>
        <title>{heading}</title>
        <meta name="color-scheme" content="light dark" />
        <style>{darkColors}</style>
      </Head>
      <Preview>{lead}</Preview>
      <Body className="page" style={styles.body}>
        <Container className="card" style={styles.container}>
          <Text style={styles.shop}>{shop.shopName}</Text>
          <Heading as="h1" style={styles.heading}>
            {heading}
          </Heading>
          <Text style={styles.text}>{lead}</Text>
          {children}
          <Text className="soft" style={styles.small}>
            Questions? Write to {shop.contactEmail}
            {shop.contactPhone && ` or call ${shop.contactPhone}`}.
          </Text>
          {policies.length > 0 && (
            <Text className="soft" style={styles.small}>
              {policies.map(({ label, href }, index) => (
                <Fragment key={href}>
                  {index > 0 && ' · '}
                  <EmailLink href={href} isSmall>
                    {label}
                  </EmailLink>
                </Fragment>
              ))}
            </Text>
          )}
        </Container>
      </Body>
    </Html>
  )
}

export function EmailButton({ shop, href, children }: { shop: FrameShop; href: string; children: string }) {
  const colors = { backgroundColor: shop.accentColor, color: textColorOn(shop.accentColor) }
  return (
    <Button href={href} style={{ ...styles.button, ...colors }}>
      {children}
    </Button>
  )
}

/** A link in the text, in the text's color: a browser's own link color is unreadable on one of the backgrounds. */
export function EmailLink({
  href,
  isSmall = false,
  children,
}: {
  href: string
  /** In smaller, softer text. */
  isSmall?: boolean
  children: React.ReactNode
}) {
  return (
    <a
      className={isSmall ? 'card soft' : 'card'}
      href={href}
      style={{ ...styles.link, ...(isSmall && { color: styles.small.color }) }}
    >
      {children}
    </a>
  )
}

/** Black or white, whichever has the better contrast on the color (relative luminance, WCAG 2.2). */
function textColorOn(hex: string): string {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const channel = parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? '#000000' : '#ffffff'
}

/** For clients with a dark scheme that read style elements; the others keep the light colors. */
const darkColors = `@media (prefers-color-scheme: dark) {
  .page { background-color: #16130f !important; color: #f3eee4 !important; }
  .page td { background-color: transparent !important; color: inherit !important; }
  .card { background-color: #221e19 !important; color: #f3eee4 !important; }
  .soft { color: #b8b0a2 !important; }
  .box, .rule { border-color: #4a443a !important; }
}`

export const styles = {
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
  item: { fontSize: '16px', lineHeight: '1.5', margin: '0 0 8px' },
  small: { color: '#5c564b', fontSize: '14px', lineHeight: '1.5' },
  box: { border: '1px solid #ddd8cc', margin: '16px 0', padding: '16px 16px 4px' },
  link: { color: '#221f1a', textDecoration: 'underline' },
  button: {
    borderRadius: '6px',
    display: 'inline-block',
    fontSize: '16px',
    margin: '12px 0',
    padding: '14px 24px',
  },
  rule: { borderColor: '#ddd8cc', margin: '24px 0' },
  label: { fontSize: '16px', padding: '4px 0' },
  amount: {
    fontSize: '16px',
    padding: '4px 0 4px 16px',
    textAlign: 'right',
    verticalAlign: 'top',
    whiteSpace: 'nowrap',
  },
  total: { fontWeight: 'bold' },
} as const
