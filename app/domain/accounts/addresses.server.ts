import { and, asc, desc, eq } from 'drizzle-orm'
import { db, transaction, type Tx } from '#db/client.ts'
import { addresses, users } from '#db/schema/index.ts'
import type { AddressInput } from './addresses.schema.ts'

/** Maximum number of addresses per customer. */
export const maxAddresses = 50

export type Address = Omit<typeof addresses.$inferSelect, 'userId' | 'createdAt'>

const shown = {
  id: addresses.id,
  name: addresses.name,
  company: addresses.company,
  line1: addresses.line1,
  line2: addresses.line2,
  postcode: addresses.postcode,
  city: addresses.city,
  region: addresses.region,
  country: addresses.country,
  phone: addresses.phone,
  isDefault: addresses.isDefault,
}

/** The customer's addresses, the default one first. */
export async function listAddresses(userId: number): Promise<Address[]> {
  return db
    .select(shown)
    .from(addresses)
    .where(eq(addresses.userId, userId))
    .orderBy(desc(addresses.isDefault), asc(addresses.id))
}

/** One of the customer's own addresses; null for any other id. */
export async function getAddress(userId: number, addressId: number): Promise<Address | null> {
  const [address] = await db
    .select(shown)
    .from(addresses)
    .where(and(eq(addresses.id, addressId), eq(addresses.userId, userId)))
  return address ?? null
}

export type AddAddressResult = { ok: true; id: number } | { ok: false; reason: 'too-many' }

/** Adds an address; the first one is the default. */
export async function addAddress(userId: number, input: AddressInput): Promise<AddAddressResult> {
  return transaction(async (tx) => {
    const existing = await lockAddresses(tx, userId)
    if (existing.length >= maxAddresses) return { ok: false, reason: 'too-many' }
    const isDefault = input.isDefault || existing.length === 0
    if (isDefault) await clearDefault(tx, userId)
    const [row] = await tx
      .insert(addresses)
      .values({ ...input, isDefault, userId })
      .returning({ id: addresses.id })
    return { ok: true, id: row!.id }
  })
}

/** Saves the address of an order as a step of placing it, unless the address book has it already or is full. */
export async function saveAddress(
  tx: Tx,
  userId: number,
  input: Omit<AddressInput, 'isDefault'>,
): Promise<void> {
  const existing = await lockAddresses(tx, userId)
  const { name, company, line1, line2, postcode, city, region, country, phone } = input
  const address = { name, company, line1, line2, postcode, city, region, country, phone }
  const isSame = and(
    eq(addresses.userId, userId),
    eq(addresses.name, name),
    eq(addresses.line1, line1),
    eq(addresses.line2, line2),
    eq(addresses.postcode, postcode),
    eq(addresses.city, city),
    eq(addresses.country, country),
  )
  if (existing.length >= maxAddresses || (await tx.$count(addresses, isSame)) > 0) return
  await tx.insert(addresses).values({ ...address, userId, isDefault: existing.length === 0 })
}

/**
 * Updates one of the customer's own addresses; false when there is none with this id. A default address stays the
 * default.
 */
export async function updateAddress(
  userId: number,
  addressId: number,
  input: AddressInput,
): Promise<boolean> {
  return transaction(async (tx) => {
    const existing = await lockAddresses(tx, userId)
    const before = existing.find(({ id }) => id === addressId)
    if (!before) return false
    if (input.isDefault && !before.isDefault) await clearDefault(tx, userId)
    await tx
      .update(addresses)
      .set({ ...input, isDefault: input.isDefault || before.isDefault })
      .where(eq(addresses.id, addressId))
    return true
  })
}

/** Makes one of the customer's own addresses the default; false when there is none with this id. */
export async function makeDefaultAddress(userId: number, addressId: number): Promise<boolean> {
  return transaction(async (tx) => {
    const existing = await lockAddresses(tx, userId)
    if (!existing.some(({ id }) => id === addressId)) return false
    await clearDefault(tx, userId)
    await tx.update(addresses).set({ isDefault: true }).where(eq(addresses.id, addressId))
    return true
  })
}

/**
 * Deletes one of the customer's own addresses. If it was the default, the oldest remaining address becomes the default.
 */
export async function deleteAddress(userId: number, addressId: number): Promise<boolean> {
  return transaction(async (tx) => {
    const existing = await lockAddresses(tx, userId)
    const deleted = existing.find(({ id }) => id === addressId)
    if (!deleted) return false
    await tx.delete(addresses).where(eq(addresses.id, addressId))
    const nextDefault = existing.find(({ id }) => id !== addressId)
    if (deleted.isDefault && nextDefault)
      await tx.update(addresses).set({ isDefault: true }).where(eq(addresses.id, nextDefault.id))
    return true
  })
}

/** Serializes changes of one customer's address book, so that it has only one default. */
async function lockAddresses(tx: Tx, userId: number) {
  await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for('no key update')
  return tx
    .select({ id: addresses.id, isDefault: addresses.isDefault })
    .from(addresses)
    .where(eq(addresses.userId, userId))
    .orderBy(asc(addresses.id))
}

async function clearDefault(tx: Tx, userId: number): Promise<void> {
  await tx
    .update(addresses)
    .set({ isDefault: false })
    .where(and(eq(addresses.userId, userId), eq(addresses.isDefault, true)))
}
