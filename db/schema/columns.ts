import { sql, type SQL } from 'drizzle-orm'
import { bigint, customType, timestamp } from 'drizzle-orm/pg-core'

/** Money in minor units of the shop's currency: a safe integer, at most 10^12 (checked per table). */
export const money = () => bigint({ mode: 'number' })

/** Identity primary key. */
export const id = () => bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity()

export const foreignId = () => bigint({ mode: 'number' })

export const createdAt = () => timestamp({ withTimezone: true }).notNull().defaultNow()

export const instant = () => timestamp({ withTimezone: true })

/** Byte order: a comparison needs no locale, and an index serves prefixes. */
export const bytewise = customType<{ data: string }>({ dataType: () => 'text collate "C"' })

export const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' })

/** SQL check for a valid amount of money: 0 to 10^12 minor units. */
export const isAmount = (column: unknown): SQL => sql`${column} between 0 and 1000000000000`
