import { createHash, randomBytes } from 'node:crypto'
import { eq, lt, sql } from 'drizzle-orm'
import { db, transaction } from '#db/client.ts'
import { setupCodes, users } from '#db/schema/index.ts'
import type { SetupInput } from '#app/domain/accounts/accounts.schema.ts'
import { createOwner } from '#app/domain/accounts/sign-up.server.ts'
import { storeCountryOf, taxLabelOf } from '#app/domain/settings/presets.ts'
import { createSettings } from '#app/domain/settings/settings.server.ts'
import { isoDigits } from '#app/domain/money.ts'
import { hashPassword } from '#app/domain/accounts/passwords.server.ts'

/** A new one-time code for /setup; null once the shop has an owner. Codes are valid for a day. */
export async function getOrCreateSetupCode(): Promise<string | null> {
  if (await hasOwner()) return null
  const code = randomBytes(16).toString('base64url')
  await db.delete(setupCodes).where(lt(setupCodes.createdAt, sql`now() - interval '1 day'`))
  await db.insert(setupCodes).values({ codeHash: hashCode(code) })
  return code
}

export async function hasOwner(): Promise<boolean> {
  const [owner] = await db.select({ id: users.id }).from(users).where(eq(users.role, 'owner'))
  return owner !== undefined
}

/** Whether a /setup link's code is still valid. */
export async function isSetupCode(code: string): Promise<boolean> {
  const [row] = await db
    .select({ id: setupCodes.id })
    .from(setupCodes)
    .where(
      sql`${setupCodes.codeHash} = ${hashCode(code)} and ${setupCodes.createdAt} > now() - interval '1 day'`,
    )
  return row !== undefined
}

export type ClaimResult = { ok: true; userId: number } | { ok: false; reason: 'wrong-code' }

/**
 * Creates the owner and the shop's settings, once: the code's row is deleted in the same transaction, so when two
 * requests use the same link at once, one gets 'wrong-code'.
 */
export async function claimShop(input: SetupInput): Promise<ClaimResult> {
  if (!(await isSetupCode(input.code))) return { ok: false, reason: 'wrong-code' }
  const passwordHash = await hashPassword(input.password)
  const storeCountry = storeCountryOf(input.locale)
  return transaction(async (tx) => {
    const taken = await tx
      .delete(setupCodes)
      .where(
        sql`${setupCodes.codeHash} = ${hashCode(input.code)} and ${setupCodes.createdAt} > now() - interval '1 day'`,
      )
      .returning({ id: setupCodes.id })
    if (taken.length === 0) return { ok: false, reason: 'wrong-code' }
    await tx.delete(setupCodes)
    const userId = await createOwner(tx, { email: input.email, name: input.name, passwordHash })
    await createSettings(tx, {
      shopName: input.shopName,
      currency: input.currency,
      currencyDigits: isoDigits(input.currency),
      locale: input.locale,
      timeZone: input.timeZone,
      storeCountry,
      taxLabel: taxLabelOf(storeCountry),
      contactEmail: input.email,
    })
    return { ok: true, userId }
  })
}

function hashCode(code: string): Buffer {
  return createHash('sha256').update(code).digest()
}
