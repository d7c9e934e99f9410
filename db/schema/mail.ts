import { sql } from 'drizzle-orm'
import { check, index, integer, pgEnum, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { createdAt, foreignId, id, instant } from './columns.ts'
import { orders } from './orders.ts'

/** held: no mail service is set up, so the mail waits here for staff to read. */
export const mailStatus = pgEnum('mail_status', ['queued', 'sent', 'held', 'failed'])
export const mailKind = pgEnum('mail_kind', [
  'order-confirmed',
  'order-paid',
  'order-fulfilled',
  'order-cancelled',
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
