import { and, eq, isNull } from 'drizzle-orm'
import { isStaff } from '#app/domain/access/roles.ts'
import { mergeCarts } from '#app/domain/cart/merge-carts.server.ts'
import type { MergedCarts } from '#app/domain/cart/merge-lines.ts'
import { claimGuestOrders } from '#app/domain/orders/claim-guest-orders.server.ts'
import { transaction, type Tx } from '#db/client.ts'
import { sessions, users } from '#db/schema/index.ts'
import { insertSession } from './sessions.server.ts'

export type SignedIn = { sessionId: number; token: string; joined: MergedCarts }

/**
 * Starts the session of a user who signed in; null when the account was suspended since. The browser's former session
 * ends, so that a session id known before sign-in is worthless afterwards. The same transaction merges the guest's cart
 * into the customer's and assigns guest orders of the account's verified address to the customer.
 */
export async function startUserSession(input: {
  userId: number
  formerSessionId: number | null
  userAgent: string
}): Promise<SignedIn | null> {
  return transaction((tx) => beginUserSession(tx, input))
}

/** startUserSession as a step of the caller's transaction. Locks the user's row. */
export async function beginUserSession(
  tx: Tx,
  input: { userId: number; formerSessionId: number | null; userAgent: string },
): Promise<SignedIn | null> {
  const { userId, formerSessionId, userAgent } = input
  // Serializes sign-ins of one user with each other and with a suspension. The lock mode does not block rows that only
  // reference the user, such as an order that notifies staff.
  const [user] = await tx
    .select({ role: users.role })
    .from(users)
    .where(and(eq(users.id, userId), isNull(users.disabledAt)))
    .for('no key update')
  if (!user) return null
  const { id, token } = await insertSession(tx, {
    userId,
    userAgent,
    kind: isStaff(user) ? 'staff' : 'customer',
  })
  const joined = await mergeCarts(tx, { sessionId: formerSessionId, userId })
  await claimGuestOrders(tx, userId)
  if (formerSessionId !== null) await tx.delete(sessions).where(eq(sessions.id, formerSessionId))
  return { sessionId: id, token, joined }
}
