import { sql } from 'drizzle-orm'
import { check, index, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { variants } from './catalog.ts'
import { createdAt, foreignId, id, instant } from './columns.ts'

/** A request to be notified by email, once, when a sold-out variant is back in stock. */
export const stockAlerts = pgTable(
  'stock_alerts',
  {
    id: id(),
    variantId: foreignId()
      .notNull()
      .references(() => variants.id, { onDelete: 'cascade' }),
    email: text().notNull(),
    /** When the address was confirmed; only then an email is sent. */
    confirmedAt: instant(),
    /** When the email was queued; the alert is done. */
    notifiedAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('stock_alerts_open_key')
      .on(t.variantId, t.email)
      .where(sql`${t.notifiedAt} is null`),
    index('stock_alerts_waiting')
      .on(t.variantId, t.confirmedAt, t.id)
      .where(sql`${t.confirmedAt} is not null and ${t.notifiedAt} is null`),
    index('stock_alerts_notified')
      .on(t.variantId, t.notifiedAt)
      .where(sql`${t.notifiedAt} is not null`),
    index('stock_alerts_email').on(t.email),
    index('stock_alerts_created_at').on(t.createdAt),
    check('stock_alerts_notified_if_confirmed', sql`${t.notifiedAt} is null or ${t.confirmedAt} is not null`),
    check('stock_alerts_email_lowercase', sql`${t.email} = lower(${t.email})`),
  ],
)
