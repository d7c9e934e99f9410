import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  pgEnum,
  pgTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { bytea, createdAt, foreignId, id, instant } from './columns.ts'

export const userRole = pgEnum('user_role', ['customer', 'staff', 'admin', 'owner'])

/** Staff permissions; admins and the owner have all of them. */
export const staffPermission = pgEnum('staff_permission', [
  'orders',
  'catalog',
  'reviews',
  'promotions',
  'customers',
  'settings',
  'staff',
])

export const users = pgTable(
  'users',
  {
    id: id(),
    email: text().notNull(),
    /** A link sent to the address was opened; only then do its guest orders belong to the account. */
    emailVerifiedAt: instant(),
    name: text().notNull(),
    phone: text().notNull().default(''),
    passwordHash: text().notNull(),
    role: userRole().notNull().default('customer'),
    /** A staff member's permissions; empty for every other role. */
    permissions: staffPermission()
      .array()
      .notNull()
      .default(sql`'{}'`),
    /** 20 random bytes shared with an authenticator app, encrypted; active once totpEnabledAt is set (RFC 6238). */
    totpSecret: bytea(),
    totpEnabledAt: instant(),
    /** The last 30-second step whose code was used: each code works once. */
    totpLastStep: bigint({ mode: 'number' }).notNull().default(0),
    disabledAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('users_email_key').on(t.email),
    index('users_newest').on(t.createdAt.desc(), t.id.desc()),
    /** One owner: two concurrent setups cannot both succeed. */
    uniqueIndex('users_one_owner')
      .on(t.role)
      .where(sql`${t.role} = 'owner'`),
    check('users_email_lowercase', sql`${t.email} = lower(${t.email})`),
    check('users_permissions_are_for_staff', sql`${t.role} = 'staff' or ${t.permissions} = '{}'`),
    check('users_totp_has_a_secret', sql`${t.totpEnabledAt} is null or ${t.totpSecret} is not null`),
    /** Never plaintext: 20 bytes and 33 of the seal. */
    check('users_totp_secret_is_sealed', sql`octet_length(${t.totpSecret}) = 53`),
  ],
)

/** A browser's session: a guest with a cart, or a signed-in user. The cookie holds the token. */
export const sessions = pgTable(
  'sessions',
  {
    id: id(),
    /** SHA-256 of the 32 random bytes in the cookie. */
    tokenHash: bytea().notNull(),
    userId: foreignId().references(() => users.id, { onDelete: 'cascade' }),
    userAgent: text().notNull().default(''),
    createdAt: createdAt(),
    /** Accurate to about a minute: pages update it only when it is old. */
    lastSeenAt: createdAt(),
    /** Idle timeout of the session. */
    idleSeconds: integer().notNull(),
    /** Absolute expiry, however much the session is used. */
    expiresAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('sessions_token_hash_key').on(t.tokenHash),
    index('sessions_user_id').on(t.userId),
    index('sessions_expires_at').on(t.expiresAt),
    check('sessions_token_hash_is_sha256', sql`octet_length(${t.tokenHash}) = 32`),
  ],
)

/** A sign-in whose password was verified and that waits for the two-factor code. The cookie holds the token. */
export const pendingSignIns = pgTable(
  'pending_sign_ins',
  {
    id: id(),
    /** SHA-256 of the 32 random bytes in the cookie. */
    tokenHash: bytea().notNull(),
    userId: foreignId()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** SHA-256 of the credentials that the password was verified against; void once the account's differ. */
    credentialsHash: bytea().notNull(),
    expiresAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('pending_sign_ins_token_hash_key').on(t.tokenHash),
    index('pending_sign_ins_user_id').on(t.userId),
    index('pending_sign_ins_expires_at').on(t.expiresAt),
    check('pending_sign_ins_token_hash_is_sha256', sql`octet_length(${t.tokenHash}) = 32`),
  ],
)

/** The one-time code of the /setup link, stored as a hash; deleted when the shop is set up. */
export const setupCodes = pgTable('setup_codes', {
  id: id(),
  codeHash: bytea().notNull(),
  createdAt: createdAt(),
})

/** A customer's shipping addresses. */
export const addresses = pgTable(
  'addresses',
  {
    id: id(),
    userId: foreignId()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    company: text().notNull().default(''),
    line1: text().notNull(),
    line2: text().notNull().default(''),
    postcode: text().notNull().default(''),
    city: text().notNull(),
    region: text().notNull().default(''),
    country: text().notNull(),
    phone: text().notNull().default(''),
    isDefault: boolean().notNull().default(false),
    createdAt: createdAt(),
  },
  (t) => [
    index('addresses_user').on(t.userId),
    uniqueIndex('addresses_one_default')
      .on(t.userId)
      .where(sql`${t.isDefault}`),
    check('addresses_country_code', sql`${t.country} ~ '^[A-Z]{2}$'`),
  ],
)

/** Each replaces the authenticator code once. */
export const recoveryCodes = pgTable(
  'recovery_codes',
  {
    id: id(),
    userId: foreignId()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** SHA-256 of 120 random bits; of 80 in earlier codes. */
    codeHash: bytea().notNull(),
    usedAt: instant(),
  },
  (t) => [uniqueIndex('recovery_codes_code_key').on(t.userId, t.codeHash)],
)

/** An open staff invitation; deleted when it is accepted or revoked. */
export const invitations = pgTable(
  'invitations',
  {
    id: id(),
    email: text().notNull(),
    role: userRole().notNull(),
    permissions: staffPermission()
      .array()
      .notNull()
      .default(sql`'{}'`),
    invitedById: foreignId().references(() => users.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('invitations_email_key').on(t.email),
    check('invitations_email_lowercase', sql`${t.email} = lower(${t.email})`),
    check('invitations_role', sql`${t.role} in ('staff', 'admin')`),
    check('invitations_permissions_are_for_staff', sql`${t.role} = 'staff' or ${t.permissions} = '{}'`),
  ],
)
