import { eq, sql } from 'drizzle-orm'
import { db, transaction } from '#db/client.ts'
import { enqueue } from '#db/outbox.ts'
import { providerEvents } from '#db/schema/index.ts'
import { applyDispute } from './apply-dispute.server.ts'
import { applyPayment, applySession } from './apply-payment.server.ts'
import { applyRefund } from './apply-refund.server.ts'
import type { PaymentProvider, ProviderEvent } from './provider.ts'

/**
 * Stores a signed message and its job, each once; returns false when the signature is wrong. Messages that do not
 * concern the shop are accepted and not stored.
 */
export async function receiveEvent(
  body: Buffer,
  signature: string,
  provider: PaymentProvider,
): Promise<boolean> {
  let event: ProviderEvent | null
  try {
    event = await provider.verifyEvent(body, signature)
  } catch {
    return false
  }
  if (event) await storeEvent(event, body.toString('utf8'))
  return true
}

/** Stores a message and the job that processes it, unless it is stored already. Returns whether it was new. */
export async function storeEvent({ id, kind }: ProviderEvent, body: string): Promise<boolean> {
  return transaction(async (tx) => {
    const stored = await tx
      .insert(providerEvents)
      .values({ id, kind, body })
      .onConflictDoNothing()
      .returning({ id: providerEvents.id })
    if (stored.length > 0) await enqueue(tx, 'process-provider-event', { eventId: id })
    return stored.length > 0
  })
}

/**
 * Asks the provider for what a message is about and applies that, so the order in which messages arrive does not matter.
 * Throws when it cannot be applied yet; the job is then repeated.
 */
export async function processEvent(eventId: string, provider: PaymentProvider): Promise<void> {
  const [stored] = await db.select().from(providerEvents).where(eq(providerEvents.id, eventId))
  if (!stored || stored.processedAt) return
  const event = provider.readEvent(stored.body)
  if (event) await applyEvent(event, provider)
  await db
    .update(providerEvents)
    .set({ processedAt: sql`now()` })
    .where(eq(providerEvents.id, eventId))
}

async function applyEvent({ about: { object, id } }: ProviderEvent, provider: PaymentProvider) {
  switch (object) {
    case 'session':
      return applySession(await provider.retrieveSession(id))
    case 'payment':
      return applyPayment(await provider.retrievePayment(id))
    case 'refund':
      return applyRefund(await provider.retrieveRefund(id), provider)
    case 'refunds-of-payment':
      for (const refund of await provider.listRefunds(id)) await applyRefund(refund, provider)
      return
    case 'dispute':
      return applyDispute(await provider.retrieveDispute(id), provider)
  }
}
