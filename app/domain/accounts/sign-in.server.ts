import { eq } from 'drizzle-orm'
import { db } from '#db/client.ts'
import { users } from '#db/schema/index.ts'
import type { Role } from './accounts.ts'
import { verifyPassword } from './passwords.server.ts'

export type Credentials = { id: number; role: Role; hasTwoFactor: boolean }

/** The user with this e-mail address and password; null when either is wrong or the account is disabled. */
export async function verifyCredentials(input: {
  email: string
  password: string
}): Promise<Credentials | null> {
  const [user] = await db.select().from(users).where(eq(users.email, input.email))
  const matches = await verifyPassword(user?.passwordHash ?? null, input.password)
  if (!user || !matches || user.disabledAt !== null) return null
  return { id: user.id, role: user.role, hasTwoFactor: user.totpEnabledAt !== null }
}
