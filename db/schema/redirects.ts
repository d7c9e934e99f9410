import { sql } from 'drizzle-orm'
import { check, integer, pgTable, text, unique } from 'drizzle-orm/pg-core'
import { createdAt, id } from './columns.ts'

/** Addresses that lead to others when nothing else is there (docs/decisions/118). */
export const redirects = pgTable(
  'redirects',
  {
    id: id(),
    /** In the form in which paths are compared (toComparedPath). */
    path: text().notNull(),
    /** A path of the store or a URL, with escapes as in a Location header. */
    target: text().notNull(),
    /** The target as another redirect's path; null for other sites. Chains are followed by it. */
    targetPath: text(),
    version: integer().notNull().default(1),
    createdAt: createdAt(),
    updatedAt: createdAt(),
  },
  (t) => [
    unique('redirects_path_key').on(t.path),
    check('redirects_path_shape', sql`${t.path} ~ '^/[^/]' and length(${t.path}) <= 500`),
    check(
      'redirects_target_shape',
      sql`${t.target} ~ '^(/([^/]|$)|https?://)' and ${t.target} !~ '[[:space:][:cntrl:]]' and length(${t.target}) <= 2000`,
    ),
    check('redirects_not_to_itself', sql`${t.targetPath} <> ${t.path}`),
  ],
)
