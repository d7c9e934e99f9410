import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import { db, type Tx } from '#db/client.ts'
import { mailLinks } from '#db/schema/index.ts'
import { env } from '#env'
import type { LinkKind } from './mail.ts'

export type MailLink = typeof mailLinks.$inferSelect

/** How long a link works, in minutes (OWASP ASVS 5.0, 6.5.5: an hour at most for what replaces a password). */
export const linkMinutes = {
  'sign-up': 24 * 60,
  'password-reset': 60,
  'email-change': 60,
  invitation: 7 * 24 * 60,
} satisfies Record<LinkKind, number>

/** Makes the link that a mail will carry, as a step of the caller's transaction. */
export async function createLink(
  tx: Pick<Tx, 'insert'>,
  link: { kind: LinkKind; mailId: number; email: string; userId?: number; invitationId?: number },
): Promise<MailLink> {
  const salt = randomBytes(16)
  const token = tokenFrom(salt, env.sessionSecrets[0]!)
  const [row] = await tx
    .insert(mailLinks)
    .values({
      ...link,
      salt,
      tokenHash: hashOf(token),
      expiresAt: sql`now() + make_interval(mins => ${linkMinutes[link.kind]})`,
    })
    .returning()
  return row!
}

/** The link of a mail; null when the mail carries none, or none yet. */
export async function getLinkOfMail(mailId: number): Promise<MailLink | null> {
  const [link] = await db.select().from(mailLinks).where(eq(mailLinks.mailId, mailId))
  return link ?? null
}

/** The link's token, for the mail and for nothing else; null when it was made with a secret that is gone. */
export function tokenOf(link: Pick<MailLink, 'salt' | 'tokenHash'>): string | null {
  const tokens = env.sessionSecrets.map((secret) => tokenFrom(link.salt, secret))
  return tokens.find((token) => timingSafeEqual(hashOf(token), link.tokenHash)) ?? null
}

/** A link that still works; null for an unknown token, one of another kind, a used and an old one alike. */
export async function findLink(kind: LinkKind, token: string): Promise<MailLink | null> {
  const [link] = await db.select().from(mailLinks).where(isGood(kind, token))
  return link ?? null
}

/** Uses the link up as a step of the caller's transaction: of two at once one gets it, the other gets null. */
export async function useLink(tx: Tx, kind: LinkKind, token: string): Promise<MailLink | null> {
  const [link] = await tx
    .update(mailLinks)
    .set({ usedAt: sql`now()` })
    .where(isGood(kind, token))
    .returning()
  return link ?? null
}

/**
 * Voids the links that the user was sent and did not use, of one kind or of all, as a step of the caller's
 * transaction. Their rows stay, so that a mail that is sent again does not get a new link.
 */
export async function voidLinks(tx: Tx, of: { userId: number; kind?: LinkKind }): Promise<void> {
  await tx
    .update(mailLinks)
    .set({ usedAt: sql`now()` })
    .where(
      and(eq(mailLinks.userId, of.userId), of.kind && eq(mailLinks.kind, of.kind), isNull(mailLinks.usedAt)),
    )
}

function isGood(kind: LinkKind, token: string) {
  return and(
    eq(mailLinks.kind, kind),
    eq(mailLinks.tokenHash, hashOf(token)),
    isNull(mailLinks.usedAt),
    gt(mailLinks.expiresAt, sql`now()`),
  )
}

function tokenFrom(salt: Buffer, secret: string): string {
  return createHmac('sha256', secret).update('mail link').update(salt).digest('base64url')
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
