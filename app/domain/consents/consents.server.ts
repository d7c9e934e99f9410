import { desc, eq, type SQL, sql } from 'drizzle-orm'
import { db, transaction, type Tx } from '#db/client.ts'
import { marketingConsents } from '#db/schema/index.ts'
import type { ConsentSource } from './consents.ts'

export type Consent = typeof marketingConsents.$inferSelect

/**
 * Records that the owner of the address agreed to marketing emails, with the text that was shown, as a step of the
 * caller's transaction. Adds nothing when the newest row says the same. Returns the id of the row that counts.
 */
export async function giveConsent(
  tx: Tx,
  given: { email: string; source: ConsentSource; text: string },
): Promise<number> {
  const newest = await readNewest(tx, given.email)
  if (newest?.kind === 'given' && newest.email === given.email && newest.text === given.text) return newest.id
  const [row] = await tx
    .insert(marketingConsents)
    .values({ ...given, kind: 'given' })
    .returning({ id: marketingConsents.id })
  return row!.id
}

/**
 * Records that the owner of the address no longer wants marketing emails, as a step of the caller's transaction. Adds
 * nothing when there is no consent. With `given`, only if this is the row that counts.
 */
export async function withdrawConsent(
  tx: Tx,
  { email, source, given }: { email: string; source: ConsentSource; given?: number },
): Promise<void> {
  const newest = await readNewest(tx, email)
  if (newest?.kind !== 'given' || (given !== undefined && newest.id !== given)) return
  await tx.insert(marketingConsents).values({ email, source, kind: 'withdrawn' })
}

/** Gives or withdraws consent for the address of a signed-in customer's account. */
export async function changeConsent(input: { email: string; isGiven: boolean; text: string }): Promise<void> {
  const { email, isGiven, text } = input
  await transaction(async (tx) => {
    if (isGiven) await giveConsent(tx, { email, source: 'account', text })
    else await withdrawConsent(tx, { email, source: 'account' })
  })
}

/** The newest row of the mailbox, whether it was given or withdrawn; null when there is none. */
export function getConsent(email: string): Promise<Consent | null> {
  return readNewest(db, email)
}

/** Whether marketing emails may be sent to the address. */
export async function hasConsent(email: string): Promise<boolean> {
  return (await getConsent(email))?.kind === 'given'
}

/** The mailbox's history, newest first. */
export async function listConsents(email: string): Promise<Consent[]> {
  return db.select().from(marketingConsents).where(isOfMailbox(email)).orderBy(desc(marketingConsents.id))
}

/** SQL condition: marketing emails may be sent to the address in this column or expression. */
export function hasConsented(email: SQL): SQL<boolean> {
  return sql<boolean>`coalesce((select consent.kind = 'given' from ${marketingConsents} consent where consent.customer_key = customer_key(${email}) order by consent.id desc limit 1), false)`
}

async function readNewest(tx: Pick<Tx, 'select'>, email: string): Promise<Consent | null> {
  const [row] = await tx
    .select()
    .from(marketingConsents)
    .where(isOfMailbox(email))
    .orderBy(desc(marketingConsents.id))
    .limit(1)
  return row ?? null
}

const isOfMailbox = (email: string) => eq(marketingConsents.customerKey, sql`customer_key(${email}::text)`)
