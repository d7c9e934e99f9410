import { eq } from 'drizzle-orm'
import { enqueueAccountEmail } from '#app/domain/mail/outbox.server.ts'
import { transaction } from '#db/client.ts'
import { users } from '#db/schema/index.ts'
import { lockVerifiedUser, verifyUserPassword } from './credentials.server.ts'

export type CloseAccountResult = { ok: true } | { ok: false; reason: 'wrong-password' | 'owner-stays' }

/**
 * Deletes the user's account with its addresses, cart, sessions and two-factor authentication. Orders stay for the
 * shop's accounting, without a user. The owner's account cannot be deleted: a shop has one owner.
 */
export async function closeAccount(input: { userId: number; password: string }): Promise<CloseAccountResult> {
  const { userId } = input
  const verified = await verifyUserPassword(userId, input.password)
  if (!verified) return { ok: false, reason: 'wrong-password' }
  return transaction(async (tx) => {
    const user = await lockVerifiedUser(tx, verified)
    if (!user) return { ok: false, reason: 'wrong-password' }
    if (user.role === 'owner') return { ok: false, reason: 'owner-stays' }
    await tx.delete(users).where(eq(users.id, userId))
    await enqueueAccountEmail(tx, { kind: 'account-closed', to: user.email })
    return { ok: true }
  })
}
