import { asc, eq } from 'drizzle-orm'
import { saveCartConsent } from '#app/domain/cart/cart-consent.server.ts'
import type { Shopper } from '#app/domain/cart/cart.ts'
import { remindOfCarts } from '#app/domain/cart/remind-of-carts.server.ts'
import { changeConsent, hasConsent } from '#app/domain/consents/consents.server.ts'
import { unsubscribe } from '#app/domain/emails/unsubscribe.server.ts'
import { signLink } from '#app/domain/mail/signed-links.server.ts'
import { db } from '#db/client.ts'
import { emails as emailsTable, marketingConsents } from '#db/schema/index.ts'
import type { Random } from './random.ts'

const text = 'Email me news.'

/** How shoppers agree to marketing emails and take it back, as actions of a random history. */
export function consentActions(input: {
  random: Random
  guests: Shopper[]
  emails: string[]
  count: (what: string) => void
}) {
  const { random, guests, emails, count } = input
  const choice = () => ({ email: random.pick(emails), isGiven: random.next() < 0.7, text })
  return {
    chooseAtCheckout: () => saveCartConsent({ shopper: random.pick(guests), choice: choice() }),
    chooseInAccount: () => changeConsent(choice()),
    remind: async () => {
      const hours = 25 + random.below(70)
      const reminded = await remindOfCarts(new Date(Date.now() + hours * 3_600_000))
      for (let one = 0; one < reminded; one += 1) count('reminders')
    },
    unsubscribe: async () => {
      const sent = await db.select().from(emailsTable).where(eq(emailsTable.kind, 'cart-reminder'))
      if (sent.length > 0) await unsubscribe(signLink('unsubscribe', random.pick(sent).id))
    },
  }
}

/** The addresses for which the store does not say what the last entry about their mailbox says. */
export async function findWrongConsents(): Promise<string[]> {
  const entries = await db.select().from(marketingConsents).orderBy(asc(marketingConsents.id))
  const last = new Map(entries.map(({ email, kind }) => [mailboxOf(email), kind]))
  const addresses = [...new Set(entries.map(({ email }) => email))]
  const shown = await Promise.all(addresses.map(hasConsent))
  return addresses.filter((email, index) => shown[index] !== (last.get(mailboxOf(email)) === 'given'))
}

/** Gmail ignores dots and what follows a plus. */
function mailboxOf(email: string): string {
  const [name, domain] = email.split('@') as [string, string]
  if (!/^(gmail|googlemail)\.com$/.test(domain)) return email
  return `${name.replace(/\+.*/, '').replaceAll('.', '')}@gmail.com`
}
