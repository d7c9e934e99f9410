import { eq } from 'drizzle-orm'
import { deleteCartReminders } from '#app/domain/cart/remind-of-carts.server.ts'
import { withdrawConsent } from '#app/domain/consents/consents.server.ts'
import { enqueueAccountEmail } from '#app/domain/mail/outbox.server.ts'
import { deleteSearchesOfUser } from '#app/domain/orders/searched-lines.server.ts'
import { deleteStockAlerts } from '#app/domain/stock-alerts/stock-alerts.server.ts'
import { deleteReviewsBy } from '#app/domain/reviews/own-reviews.server.ts'
import { transaction } from '#db/client.ts'
import { users } from '#db/schema/index.ts'
import { lockVerifiedUser, verifyUserPassword } from './credentials.server.ts'

export type CloseAccountResult = { ok: true } | { ok: false; reason: 'wrong-password' | 'owner-stays' }

/**
 * Deletes the user's account with its addresses, cart, reviews, sessions and two-factor authentication, and stops all
 * marketing emails and stock alerts of its address. Orders stay for the shop's accounting, without a user and without
 * the searches that led to them, and so does the record of when marketing emails were agreed to. The owner's account
 * cannot be deleted: a shop has one owner.
 */
export async function closeAccount(input: { userId: number; password: string }): Promise<CloseAccountResult> {
  const { userId } = input
  const verified = await verifyUserPassword(userId, input.password)
  if (!verified) return { ok: false, reason: 'wrong-password' }
  return transaction(async (tx) => {
    const user = await lockVerifiedUser(tx, verified)
    if (!user) return { ok: false, reason: 'wrong-password' }
    if (user.role === 'owner') return { ok: false, reason: 'owner-stays' }
    await deleteSearchesOfUser(tx, userId)
    await deleteReviewsBy(tx, { userId, email: user.email })
    await tx.delete(users).where(eq(users.id, userId))
    const { email } = user
    await withdrawConsent(tx, { email, source: 'account-closed' })
    await deleteStockAlerts(tx, email)
    await deleteCartReminders(tx, email)
    await enqueueAccountEmail(tx, { kind: 'account-closed', to: email })
    return { ok: true }
  })
}
