import { eq } from 'drizzle-orm'
import { enqueueAccountMail } from '#app/domain/mail/outbox.server.ts'
import { transaction } from '#db/client.ts'
import { users } from '#db/schema/index.ts'
import { lockVerifiedUser, verifyUserPassword } from './credentials.server.ts'

export type CloseAccountResult = { ok: true } | { ok: false; reason: 'wrong-password' | 'owner-stays' }

/**
 * Deletes one's own account with its addresses, cart, sessions and second factor. Orders stay with the shop, which
 * has to keep its books, and belong to nobody. The owner cannot leave: a shop has one.
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
    await enqueueAccountMail(tx, { kind: 'account-closed', to: user.email })
    return { ok: true }
  })
}
