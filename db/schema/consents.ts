import { type SQL, sql } from 'drizzle-orm'
import { check, index, pgEnum, pgTable, text } from 'drizzle-orm/pg-core'
import { createdAt, id } from './columns.ts'

export const consentKind = pgEnum('consent_kind', ['given', 'withdrawn'])

/** Where: a checkbox at checkout or in the account, the link in an email, the end of the account. */
export const consentSource = pgEnum('consent_source', ['checkout', 'account', 'email', 'account-closed'])

/** Who agreed to marketing emails, and when that ended. Append-only: the newest row of a mailbox counts. */
export const marketingConsents = pgTable(
  'marketing_consents',
  {
    id: id(),
    email: text().notNull(),
    customerKey: text()
      .notNull()
      .generatedAlwaysAs((): SQL => sql`customer_key(email)`),
    kind: consentKind().notNull(),
    source: consentSource().notNull(),
    /** The text that was shown beside the checkbox. */
    text: text().notNull().default(''),
    createdAt: createdAt(),
  },
  (t) => [
    index('marketing_consents_newest').on(t.customerKey, t.id.desc()),
    check('marketing_consents_text', sql`(${t.kind} = 'given') = (${t.text} <> '')`),
    check('marketing_consents_email_lowercase', sql`${t.email} = lower(${t.email})`),
  ],
)
