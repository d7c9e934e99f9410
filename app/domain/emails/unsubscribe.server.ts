import { eq } from 'drizzle-orm'
import { hasConsent, withdrawConsent } from '#app/domain/consents/consents.server.ts'
import { readSignedLink } from '#app/domain/mail/signed-links.server.ts'
import { listStockAlerts, stopStockAlerts } from '#app/domain/stock-alerts/stock-alerts.server.ts'
import { db, transaction } from '#db/client.ts'
import { emails } from '#db/schema/index.ts'

export type Subscription = {
  email: string
  /** What the link stops: marketing emails, or emails when a product is back in stock. */
  kind: 'marketing' | 'stock-alerts'
  /** False: it was stopped already. */
  isActive: boolean
}

/** What the link of an email stops; null for an invalid link. */
export async function findSubscription(token: string): Promise<Subscription | null> {
  const id = readSignedLink('unsubscribe', token)
  if (id === null) return null
  const [found] = await db
    .select({ email: emails.toEmail, kind: emails.kind })
    .from(emails)
    .where(eq(emails.id, id))
  if (!found) return null
  const { email } = found
  if (found.kind === 'cart-reminder' || found.kind === 'review-request')
    return { email, kind: 'marketing', isActive: await hasConsent(email) }
  return { email, kind: 'stock-alerts', isActive: (await listStockAlerts(email)).length > 0 }
}

/**
 * Stops what the link of an email is about, for the address that it was sent to: marketing emails, or all open stock
 * alerts. False for an invalid link. Safe to run twice.
 */
export async function unsubscribe(token: string): Promise<boolean> {
  const found = await findSubscription(token)
  if (!found) return false
  const { email, kind } = found
  await transaction(async (tx) => {
    if (kind === 'marketing') await withdrawConsent(tx, { email, source: 'email' })
    else await stopStockAlerts(tx, email)
  })
  return true
}
