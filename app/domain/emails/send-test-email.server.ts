import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { deliver, type EmailService, getSender } from '#app/domain/mail/delivery.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { db } from '#db/client.ts'
import { users } from '#db/schema/index.ts'
import { env } from '#env'
import { listPolicyLinks } from './policy-links.server.ts'

export type TestEmailResult =
  | { kind: 'sent'; to: string }
  /** `detail` is what the email service said, or why it could not be reached. */
  | { kind: 'failed'; to: string; detail: string }
  | { kind: 'no-service' }

/**
 * Sends a test email to the user's own address, at once and not through the outbox, so that the result can be shown.
 * Null for an unknown user.
 */
export async function sendTestEmail(
  userId: number,
  service: EmailService = env,
): Promise<TestEmailResult | null> {
  const [settings, [user]] = await Promise.all([
    getSettings(),
    db.select({ email: users.email }).from(users).where(eq(users.id, userId)),
  ])
  if (!settings || !user) return null
  const { renderAccountEmail } = await import('./templates/render.server.tsx')
  const content = await renderAccountEmail({
    settings,
    policies: await listPolicyLinks(),
    content: {
      subject: `Test email from ${settings.shopName}`,
      heading: 'Your store can send emails',
      lead: 'This is a test email. Order confirmations and other emails are sent the same way.',
    },
  })
  const email = { key: `test:${randomUUID()}`, from: getSender(settings), to: user.email, ...content }
  try {
    const delivery = await deliver(email, service)
    return delivery.kind === 'held' ? { kind: 'no-service' } : { kind: 'sent', to: user.email }
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    return { kind: 'failed', to: user.email, detail: detail.slice(0, 300) }
  }
}
