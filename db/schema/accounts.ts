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

/** The parts of the admin that a staff member may be let into; admins and the owner may use all of them. */
export const staffArea = pgEnum('staff_area', [
  'orders',
  'catalogue',
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
    /** A link that was sent to the address came back; only then do its guest orders belong to the account. */
    emailVerifiedAt: instant(),
    name: text().notNull(),
    phone: text().notNull().default(''),
    passwordHash: text().notNull(),
    role: userRole().notNull().default('customer'),
    /** What a staff member may use; empty for every other role. */
    areas: staffArea()
      .array()
      .notNull()
      .default(sql`'{}'`),
    /** 20 random bytes shared with an authenticator app, sealed; counts once totpEnabledAt is set (RFC 6238). */
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
    /** One owner: two people racing for the setup link cannot both win. */
    uniqueIndex('users_one_owner')
      .on(t.role)
      .where(sql`${t.role} = 'owner'`),
    check('users_email_lowercase', sql`${t.email} = lower(${t.email})`),
    check('users_areas_are_for_staff', sql`${t.role} = 'staff' or ${t.areas} = '{}'`),
    check('users_totp_has_a_secret', sql`${t.totpEnabledAt} is null or ${t.totpSecret} is not null`),
    /** Never in the clear: 20 bytes and 33 of the seal. */
    check('users_totp_secret_is_sealed', sql`octet_length(${t.totpSecret}) = 53`),
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
    /** To the minute or so: pages write it only when it has grown old. */
    lastSeenAt: createdAt(),
    /** Unused for so long, the session is over. */
    idleSeconds: integer().notNull(),
    /** Over at this moment, however much it is used. */
    expiresAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('sessions_token_hash_key').on(t.tokenHash),
    index('sessions_user_id').on(t.userId),
    index('sessions_expires_at').on(t.expiresAt),
    check('sessions_token_hash_is_sha256', sql`octet_length(${t.tokenHash}) = 32`),
  ],
)

/** Somebody has shown the password and still has to show the second factor. The cookie holds the token. */
export const pendingSignIns = pgTable(
  'pending_sign_ins',
  {
    id: id(),
    /** SHA-256 of the 32 random bytes in the cookie. */
    tokenHash: bytea().notNull(),
    userId: foreignId()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** SHA-256 of what the password was verified against; void once the account's is another. */
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

/** The one-time code of the /setup link, kept as a hash; the row goes when the shop is claimed. */
export const setupCodes = pgTable('setup_codes', {
  id: id(),
  codeHash: bytea().notNull(),
  createdAt: createdAt(),
})

/** Where a customer has things sent. */
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

/** Each opens the second lock once, when the authenticator app is lost. */
export const recoveryCodes = pgTable(
  'recovery_codes',
  {
    id: id(),
    userId: foreignId()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** SHA-256 of 120 random bits; of 80 in codes from before. */
    codeHash: bytea().notNull(),
    usedAt: instant(),
  },
  (t) => [uniqueIndex('recovery_codes_code_key').on(t.userId, t.codeHash)],
)

/** Somebody was asked to join the staff; the row goes when they do, or when it is withdrawn. */
export const invitations = pgTable(
  'invitations',
  {
    id: id(),
    email: text().notNull(),
    role: userRole().notNull(),
    areas: staffArea()
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
    check('invitations_areas_are_for_staff', sql`${t.role} = 'staff' or ${t.areas} = '{}'`),
  ],
)
