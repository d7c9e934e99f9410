import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, pgEnum, pgTable, smallint, text } from 'drizzle-orm/pg-core'
import { collections } from './catalog.ts'
import { createdAt, foreignId, id } from './columns.ts'
import { media } from './media.ts'

export const homeSectionKind = pgEnum('home_section_kind', [
  'hero',
  'featured-collection',
  'new-products',
  'image-with-text',
  'collection-list',
])

/** The sections of the home page, in their order. While there is none, the home page has its default layout. */
export const homeSections = pgTable(
  'home_sections',
  {
    id: id(),
    kind: homeSectionKind().notNull(),
    position: integer().notNull(),
    isVisible: boolean().notNull().default(true),
    heading: text().notNull().default(''),
    /** Plain text; a blank line starts a paragraph. */
    body: text().notNull().default(''),
    linkLabel: text().notNull().default(''),
    /** A path of the store; empty for no link. */
    linkPath: text().notNull().default(''),
    /** The collection that is shown; null after it was deleted. */
    featuredCollectionId: foreignId().references(() => collections.id, { onDelete: 'set null' }),
    /** How many products or collections are shown. */
    itemCount: smallint().notNull().default(8),
    mediaHash: text().references(() => media.hash, { onDelete: 'set null' }),
    imageAlt: text().notNull().default(''),
    version: integer().notNull().default(1),
    createdAt: createdAt(),
    updatedAt: createdAt(),
  },
  (t) => [
    check('home_sections_position', sql`${t.position} >= 1`),
    check('home_sections_item_count', sql`${t.itemCount} between 1 and 24`),
    check(
      'home_sections_link_is_a_path',
      sql`${t.linkPath} = '' or (starts_with(${t.linkPath}, '/') and left(${t.linkPath}, 2) not in ('//', '/\\'))`,
    ),
    check(
      'home_sections_collection_kind',
      sql`${t.featuredCollectionId} is null or ${t.kind} = 'featured-collection'`,
    ),
    index('home_sections_order').on(t.position, t.id),
    index('home_sections_media').on(t.mediaHash),
    index('home_sections_collection').on(t.featuredCollectionId),
  ],
)
