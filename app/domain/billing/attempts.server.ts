import { and, desc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { urls } from '#app/urls.ts'
import { orderName } from '#app/domain/orders/orders.ts'
import { db, transaction, type Tx } from '#db/client.ts'
import { orders, paymentAttempts } from '#db/schema/index.ts'
import { env } from '#env'
import { attemptKey, type PaymentProvider, ProviderRefusal } from './provider.ts'

export type StoredAttempt = typeof paymentAttempts.$inferSelect

/** The provider's page closes by then; the order is canceled soon after. The provider allows 30 minutes to 24 hours. */
export const attemptMinutes = 60

/** When an attempt that begins now ends. */
export const attemptEnd = sql`now() + make_interval(mins => ${attemptMinutes})`

const unfinished = ['creating', 'open', 'processing'] as const

export function isUnfinished({ status }: Pick<StoredAttempt, 'status'>): boolean {
  return (unfinished as readonly string[]).includes(status)
}

/** Writes an attempt of a locked or new order, as a step of the caller's transaction, before the provider knows it. */
export async function insertAttempt(
  tx: Tx,
  attempt: { orderId: number; amount: number; currency: string; isAuthorization: boolean },
): Promise<StoredAttempt> {
  const [row] = await tx
    .insert(paymentAttempts)
    .values({ ...attempt, expiresAt: attemptEnd })
    .returning()
  return row!
}

/** All attempts of an order, oldest first. */
export async function listAttempts(orderId: number): Promise<StoredAttempt[]> {
  return db
    .select()
    .from(paymentAttempts)
    .where(eq(paymentAttempts.orderId, orderId))
    .orderBy(paymentAttempts.id)
}

/** The attempt of an order on which it can still be paid; an order has one at most. */
export async function findUnfinishedAttempt(
  orderId: number,
  reader: Pick<Tx, 'select'> = db,
): Promise<StoredAttempt | null> {
  return selectAttempt(
    and(eq(paymentAttempts.orderId, orderId), inArray(paymentAttempts.status, [...unfinished])),
    reader,
  )
}

/** The attempt that a session or a payment at the provider belongs to; null when it is not one of this database. */
export async function findAttemptByKey(key: string): Promise<StoredAttempt | null> {
  const id = Number(key.split('-')[0])
  if (!Number.isSafeInteger(id)) return null
  const attempt = await selectAttempt(eq(paymentAttempts.id, id), db)
  return attempt && attemptKey(attempt) === key ? attempt : null
}

async function selectAttempt(where: SQL | undefined, reader: Pick<Tx, 'select'>) {
  const [row] = await reader
    .select()
    .from(paymentAttempts)
    .where(where)
    .orderBy(desc(paymentAttempts.id))
    .limit(1)
  return row ?? null
}

/** Changes an attempt of a locked order, as a step of the caller's transaction. */
export async function changeAttempt(
  tx: Tx,
  attemptId: number,
  values: Partial<typeof paymentAttempts.$inferInsert>,
): Promise<void> {
  await tx.update(paymentAttempts).set(values).where(eq(paymentAttempts.id, attemptId))
}

/**
 * Creates the provider's page of an attempt and stores its address; safe to repeat, because all parameters come from
 * rows. Returns the address, or null when the attempt was given up or the provider refuses it. Throws when the provider
 * does not answer: nothing is known then, and the reconciler will ask.
 */
export async function openAttempt(attempt: StoredAttempt, provider: PaymentProvider): Promise<string | null> {
  const session = await createSession(attempt, provider)
  if ('refusal' in session) {
    await changeWhileCreating(attempt.id, { status: 'failed', failure: session.refusal })
    return null
  }
  if (await changeWhileCreating(attempt.id, { status: 'open', sessionId: session.id, url: session.url }))
    return session.url
  // The same page was stored by someone else; or the attempt was given up, and nobody must pay on it.
  const now = await selectAttempt(eq(paymentAttempts.id, attempt.id), db)
  if (now?.status === 'open' && now.sessionId === session.id) return now.url
  if (now?.sessionId !== session.id) await provider.expireSession(session.id)
  return null
}

async function createSession(attempt: StoredAttempt, provider: PaymentProvider) {
  const [order] = await db.select().from(orders).where(eq(orders.id, attempt.orderId))
  const page = env.appOrigin + urls.order(order!.token)
  const about = { orderName: orderName(order!), email: order!.email, returnUrl: page, cancelUrl: page }
  try {
    return await provider.createSession(attempt, about)
  } catch (error) {
    if (error instanceof ProviderRefusal) return { refusal: error.message }
    throw error
  }
}

function changeWhileCreating(id: number, values: Partial<typeof paymentAttempts.$inferInsert>) {
  return transaction(async (tx) => {
    const changed = await tx
      .update(paymentAttempts)
      .set(values)
      .where(and(eq(paymentAttempts.id, id), eq(paymentAttempts.status, 'creating')))
      .returning({ id: paymentAttempts.id })
    return changed.length > 0
  })
}
