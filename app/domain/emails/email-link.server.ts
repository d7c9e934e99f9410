import {
  createLink,
  deriveLinkToken,
  type EmailLink,
  getEmailLink,
  linkMinutes,
} from '#app/domain/mail/email-links.server.ts'
import type { LinkKind } from '#app/domain/mail/mail.ts'
import { db } from '#db/client.ts'
import type { emails } from '#db/schema/index.ts'
import { env } from '#env'

export type StoredEmail = typeof emails.$inferSelect

/** The email's link, created if it has none: the same one when the job runs again. */
export async function getOrCreateLink(
  email: Pick<StoredEmail, 'id' | 'toEmail'>,
  kind: LinkKind,
  to: (token: string) => string,
  about: { userId?: number } = {},
): Promise<{ href: string; token: string }> {
  const found = await getEmailLink(email.id)
  const link: EmailLink =
    found ?? (await createLink(db, { kind, emailId: email.id, email: email.toEmail, ...about }))
  const token = deriveLinkToken(link)
  if (token === null)
    throw new Error(`Email ${email.id}: the secret for its link is no longer in SESSION_SECRET`)
  return { href: env.appOrigin + to(token), token }
}

/** How long a link of this kind works: "an hour", "7 days". */
export function formatValidity(kind: LinkKind): string {
  const hours = linkMinutes[kind] / 60
  if (hours === 1) return 'an hour'
  return hours <= 48 ? `${hours} hours` : `${hours / 24} days`
}
