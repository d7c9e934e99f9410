import { eq } from 'drizzle-orm'
import { db } from '#db/client.ts'
import { users } from '#db/schema/index.ts'

/** The user's own profile; null when the account no longer exists. */
export async function getProfile(userId: number) {
  const [user] = await db
    .select({
      email: users.email,
      emailVerifiedAt: users.emailVerifiedAt,
      name: users.name,
      phone: users.phone,
      role: users.role,
      createdAt: users.createdAt,
    })
    .from(users)
    .where(eq(users.id, userId))
  return user ?? null
}

export async function updateProfile(userId: number, profile: { name: string; phone: string }): Promise<void> {
  await db.update(users).set({ name: profile.name, phone: profile.phone }).where(eq(users.id, userId))
}
