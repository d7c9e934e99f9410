import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { and, eq, gt, isNull, lt, sql } from 'drizzle-orm'
import { db, type Tx } from '#db/client.ts'
import { emailLinks } from '#db/schema/index.ts'
import { env } from '#env'
import type { LinkKind } from './mail.ts'

export type EmailLink = typeof emailLinks.$inferSelect

/** How long a link is valid, in minutes (OWASP ASVS 5.0, 6.5.5: at most an hour for a password reset). */
export const linkMinutes = {
  'sign-up': 24 * 60,
  'password-reset': 60,
  'email-change': 60,
  invitation: 7 * 24 * 60,
  'stock-alert-confirmation': 7 * 24 * 60,
} satisfies Record<LinkKind, number>

/** Creates the link that an email will contain, as a step of the caller's transaction. */
export async function createLink(
  tx: Pick<Tx, 'insert'>,
  link: { kind: LinkKind; emailId: number; email: string; userId?: number; invitationId?: number },
): Promise<EmailLink> {
  const salt = randomBytes(16)
  const token = tokenFrom(salt, env.sessionSecrets[0]!)
  const [row] = await tx
    .insert(emailLinks)
    .values({
      ...link,
      salt,
      tokenHash: hashOf(token),
      expiresAt: sql`now() + make_interval(mins => ${linkMinutes[link.kind]})`,
    })
    .returning()
  return row!
}

/** The link of an email; null when it has none, or none yet. */
export async function getEmailLink(emailId: number): Promise<EmailLink | null> {
  const [link] = await db.select().from(emailLinks).where(eq(emailLinks.emailId, emailId))
  return link ?? null
}

/** The link's token, for use in the email only; null when it was made with a secret that is no longer configured. */
export function deriveLinkToken(link: Pick<EmailLink, 'salt' | 'tokenHash'>): string | null {
  const tokens = env.sessionSecrets.map((secret) => tokenFrom(link.salt, secret))
  return tokens.find((token) => timingSafeEqual(hashOf(token), link.tokenHash)) ?? null
}

/** A valid link; null for an unknown token, another kind, a used link and an expired one alike. */
export async function findLink(kind: LinkKind, token: string): Promise<EmailLink | null> {
  const [link] = await db.select().from(emailLinks).where(isGood(kind, token))
  return link ?? null
}

/**
 * Consumes the link as a step of the caller's transaction: of two concurrent calls one gets it, the other gets null.
 */
export async function consumeLink(tx: Tx, kind: LinkKind, token: string): Promise<EmailLink | null> {
  const [link] = await tx
    .update(emailLinks)
    .set({ usedAt: sql`now()` })
    .where(isGood(kind, token))
    .returning()
  return link ?? null
}

/**
 * Voids the user's unused links, of one kind or of all, as a step of the caller's transaction. Their rows stay, so that
 * an email that is sent again does not get a new link.
 */
export async function revokeLinks(tx: Tx, of: { userId: number; kind?: LinkKind }): Promise<void> {
  await tx
    .update(emailLinks)
    .set({ usedAt: sql`now()` })
    .where(
      and(
        eq(emailLinks.userId, of.userId),
        of.kind && eq(emailLinks.kind, of.kind),
        isNull(emailLinks.usedAt),
      ),
    )
}

/** Deletes the links of an invitation, as a step of the caller's transaction. */
export async function deleteInvitationLinks(tx: Tx, invitationId: number): Promise<void> {
  await tx.delete(emailLinks).where(eq(emailLinks.invitationId, invitationId))
}

/** Deletes links a week after they expired. */
export async function deleteExpiredLinks(): Promise<void> {
  await db.delete(emailLinks).where(lt(emailLinks.expiresAt, sql`now() - interval '7 days'`))
}

function isGood(kind: LinkKind, token: string) {
  return and(
    eq(emailLinks.kind, kind),
    eq(emailLinks.tokenHash, hashOf(token)),
    isNull(emailLinks.usedAt),
    gt(emailLinks.expiresAt, sql`now()`),
  )
}

function tokenFrom(salt: Buffer, secret: string): string {
  return createHmac('sha256', secret).update('mail link').update(salt).digest('base64url')
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
