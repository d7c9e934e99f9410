import { sql } from 'drizzle-orm'
import { check, index, integer, pgEnum, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { invitations, users } from './accounts.ts'
import { bytea, createdAt, foreignId, id, instant } from './columns.ts'
import { orders } from './orders.ts'

/** held: no mail service is set up, so the mail waits here for staff to read. */
export const mailStatus = pgEnum('mail_status', ['queued', 'sent', 'held', 'failed'])
export const mailKind = pgEnum('mail_kind', [
  'order-confirmed',
  'order-paid',
  'order-fulfilled',
  'order-cancelled',
  'order-links',
  'sign-up',
  'password-reset',
  'email-change',
  'invitation',
  'email-changed',
  'password-changed',
  'two-factor-changed',
  'account-closed',
  'staff-news',
])

export const mails = pgTable(
  'mails',
  {
    id: id(),
    kind: mailKind().notNull(),
    /** One mail per thing that happened, for example "order:12:order-confirmed". */
    dedupeKey: text().notNull(),
    toEmail: text().notNull(),
    orderId: foreignId().references(() => orders.id, { onDelete: 'cascade' }),
    /** The fulfilment that a "shipped" mail tells about. */
    fulfilmentId: foreignId(),
    /** The notification that a mail to staff repeats. */
    notificationId: foreignId(),
    status: mailStatus().notNull().default('queued'),
    /** Filled when the job renders the mail. */
    subject: text().notNull().default(''),
    html: text().notNull().default(''),
    text: text().notNull().default(''),
    attempts: integer().notNull().default(0),
    lastError: text(),
    providerId: text(),
    createdAt: createdAt(),
    sentAt: instant(),
  },
  (t) => [
    uniqueIndex('mails_dedupe_key').on(t.dedupeKey),
    index('mails_newest').on(t.createdAt.desc(), t.id.desc()),
    index('mails_order').on(t.orderId),
    check('mails_sent_at', sql`(${t.status} = 'sent') = (${t.sentAt} is not null)`),
  ],
)

export const linkKind = pgEnum('link_kind', ['sign-up', 'password-reset', 'email-change', 'invitation'])

/**
 * A link that a mail carries and that proves who reads the address: good once and for a time. Its token follows
 * from the salt and the secret of the shop, so that the job that writes the mail can be run again and no table
 * holds the token itself.
 */
export const mailLinks = pgTable(
  'mail_links',
  {
    id: id(),
    kind: linkKind().notNull(),
    mailId: foreignId()
      .notNull()
      .references(() => mails.id, { onDelete: 'cascade' }),
    /** The address that the link was sent to. */
    email: text().notNull(),
    userId: foreignId().references(() => users.id, { onDelete: 'cascade' }),
    invitationId: foreignId().references(() => invitations.id, { onDelete: 'cascade' }),
    salt: bytea().notNull(),
    /** SHA-256 of the token. */
    tokenHash: bytea().notNull(),
    expiresAt: instant().notNull(),
    /** When it was used, or voided by a change of the user's password, address or second factor. */
    usedAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('mail_links_mail_key').on(t.mailId),
    uniqueIndex('mail_links_token_hash_key').on(t.tokenHash),
    index('mail_links_user').on(t.userId),
    index('mail_links_invitation').on(t.invitationId),
    index('mail_links_expires_at').on(t.expiresAt),
    check('mail_links_token_hash_is_sha256', sql`octet_length(${t.tokenHash}) = 32`),
  ],
)
