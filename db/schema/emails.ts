import { sql } from 'drizzle-orm'
import { check, index, integer, pgEnum, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { invitations, users } from './accounts.ts'
import { bytea, createdAt, foreignId, id, instant } from './columns.ts'
import { draftOrders } from './drafts.ts'
import { orders } from './orders.ts'

/** held: no email provider is configured, so the email waits here for staff to read. */
export const emailStatus = pgEnum('email_status', ['queued', 'sent', 'held', 'failed'])
export const emailKind = pgEnum('email_kind', [
  'order-confirmed',
  'order-paid',
  'payment-failed',
  'order-fulfilled',
  'order-canceled',
  'order-edited',
  'order-message',
  'order-refunded',
  'order-delivered',
  'return-requested',
  'return-approved',
  'return-declined',
  'return-received',
  'draft-order',
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
  'daily-summary',
  'stock-alert-confirmation',
  'back-in-stock',
  'cart-reminder',
  'review-request',
  'review-approved',
  'review-rejected',
  'review-replied',
])

export const emails = pgTable(
  'emails',
  {
    id: id(),
    kind: emailKind().notNull(),
    /** One email per event, for example "order:12:order-confirmed". */
    dedupeKey: text().notNull(),
    toEmail: text().notNull(),
    orderId: foreignId().references(() => orders.id, { onDelete: 'cascade' }),
    /** The fulfillment that a "shipped" email is about. */
    fulfillmentId: foreignId(),
    /** The refund or the return that the email is about. */
    refundId: foreignId(),
    returnId: foreignId(),
    /** The entry of the order's timeline that the email is about. */
    eventId: foreignId(),
    /** The draft order that the email invites to place. */
    draftId: foreignId().references(() => draftOrders.id, { onDelete: 'cascade' }),
    /** The notification that an email to staff repeats. */
    notificationId: foreignId(),
    /** The stock alert or the cart reminder that the email is about. */
    stockAlertId: foreignId(),
    cartReminderId: foreignId(),
    /** The review that the email is about, or the request for reviews. */
    reviewId: foreignId(),
    reviewRequestId: foreignId(),
    status: emailStatus().notNull().default('queued'),
    /** Set when the job renders the email. */
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
    uniqueIndex('emails_dedupe_key').on(t.dedupeKey),
    index('emails_newest').on(t.createdAt.desc(), t.id.desc()),
    index('emails_order').on(t.orderId),
    check('emails_sent_at', sql`(${t.status} = 'sent') = (${t.sentAt} is not null)`),
  ],
)

export const linkKind = pgEnum('link_kind', [
  'sign-up',
  'password-reset',
  'email-change',
  'invitation',
  'stock-alert-confirmation',
])

/**
 * A link in an email that proves access to the address: usable once and for a limited time. Its token is derived from
 * the salt and the shop's secret, so that the job that renders the email can run again and no table stores the token
 * itself.
 */
export const emailLinks = pgTable(
  'email_links',
  {
    id: id(),
    kind: linkKind().notNull(),
    emailId: foreignId()
      .notNull()
      .references(() => emails.id, { onDelete: 'cascade' }),
    /** The address that the link was sent to. */
    email: text().notNull(),
    userId: foreignId().references(() => users.id, { onDelete: 'cascade' }),
    invitationId: foreignId().references(() => invitations.id, { onDelete: 'cascade' }),
    salt: bytea().notNull(),
    /** SHA-256 of the token. */
    tokenHash: bytea().notNull(),
    expiresAt: instant().notNull(),
    /** When it was used, or voided by a change of the user's password, email or two-factor authentication. */
    usedAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('email_links_mail_key').on(t.emailId),
    uniqueIndex('email_links_token_hash_key').on(t.tokenHash),
    index('email_links_user').on(t.userId),
    index('email_links_invitation').on(t.invitationId),
    index('email_links_expires_at').on(t.expiresAt),
    check('email_links_token_hash_is_sha256', sql`octet_length(${t.tokenHash}) = 32`),
  ],
)
