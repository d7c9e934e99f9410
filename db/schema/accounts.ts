import { sql } from 'drizzle-orm'
import { check, index, pgEnum, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { bytea, createdAt, foreignId, id, instant } from './columns.ts'

export const userRole = pgEnum('user_role', ['customer', 'staff', 'admin', 'owner'])

export const users = pgTable(
  'users',
  {
    id: id(),
    email: text().notNull(),
    name: text().notNull(),
    passwordHash: text().notNull(),
    role: userRole().notNull().default('customer'),
    disabledAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('users_email_key').on(t.email),
    /** One owner: two people racing for the setup link cannot both win. */
    uniqueIndex('users_one_owner')
      .on(t.role)
      .where(sql`${t.role} = 'owner'`),
    check('users_email_lowercase', sql`${t.email} = lower(${t.email})`),
  ],
)

/** A browser that did something: a guest with a cart, or somebody signed in. The cookie holds the token. */
export const sessions = pgTable(
  'sessions',
  {
    id: id(),
    /** SHA-256 of the 32 random bytes in the cookie. */
    tokenHash: bytea().notNull(),
    userId: foreignId().references(() => users.id, { onDelete: 'cascade' }),
    userAgent: text().notNull().default(''),
    createdAt: createdAt(),
    lastSeenAt: createdAt(),
    expiresAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('sessions_token_hash_key').on(t.tokenHash),
    index('sessions_user_id').on(t.userId),
    index('sessions_expires_at').on(t.expiresAt),
    check('sessions_token_hash_is_sha256', sql`octet_length(${t.tokenHash}) = 32`),
  ],
)

/** The one-time code of the /setup link, kept as a hash; the row goes when the shop is claimed. */
export const setupCodes = pgTable('setup_codes', {
  id: id(),
  codeHash: bytea().notNull(),
  createdAt: createdAt(),
})
