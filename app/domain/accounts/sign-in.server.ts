import { eq } from 'drizzle-orm'
import { db } from '#db/client.ts'
import { users } from '#db/schema/index.ts'
import { verifyPassword } from './passwords.server.ts'

/** The user with this e-mail address and password; null when either is wrong or the account is disabled. */
export async function verifyCredentials(input: {
  email: string
  password: string
}): Promise<{ id: number } | null> {
  const [user] = await db.select().from(users).where(eq(users.email, input.email))
  const matches = await verifyPassword(user?.passwordHash ?? null, input.password)
  return user && matches && user.disabledAt === null ? { id: user.id } : null
}
