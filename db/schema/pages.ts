import { sql } from 'drizzle-orm'
import { check, integer, pgEnum, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { createdAt, id, instant } from './columns.ts'

export const pageKind = pgEnum('page_kind', ['page', 'policy'])

/** Pages and policies that staff write. A policy's handle says which one it is; there is at most one of each. */
export const pages = pgTable(
  'pages',
  {
    id: id(),
    kind: pageKind().notNull(),
    handle: text().notNull(),
    title: text().notNull(),
    /** Sanitized HTML. */
    body: text().notNull(),
    seoTitle: text().notNull().default(''),
    seoDescription: text().notNull().default(''),
    /** Null: visible to staff only. */
    publishedAt: instant(),
    /** The place of a page in the store's footer; null: not in the footer. Policies are always there. */
    position: integer(),
    version: integer().notNull().default(1),
    createdAt: createdAt(),
    /** When title or text changed last. */
    updatedAt: createdAt(),
  },
  (t) => [
    uniqueIndex('pages_handle_key').on(t.kind, t.handle),
    check(
      'pages_handle_shape',
      sql`${t.handle} <> '' and ${t.handle} !~ '[/?#[:space:]]' and length(${t.handle}) <= 255`,
    ),
    check(
      'pages_policy_handle',
      sql`${t.kind} <> 'policy' or ${t.handle} in ('shipping-policy', 'refund-policy', 'privacy-policy', 'terms-of-service', 'legal-notice')`,
    ),
    check('pages_title_present', sql`${t.title} <> ''`),
    check('pages_position', sql`${t.position} is null or (${t.kind} = 'page' and ${t.position} >= 1)`),
  ],
)
