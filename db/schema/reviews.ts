import { type SQL, sql } from 'drizzle-orm'
import { check, index, integer, pgEnum, pgTable, smallint, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { users } from './accounts.ts'
import { products } from './catalog.ts'
import { createdAt, foreignId, id, instant } from './columns.ts'
import { media } from './media.ts'
import { orders } from './orders.ts'

export const reviewStatus = pgEnum('review_status', ['pending', 'approved', 'rejected'])

/** A customer's review of a product: one per account and one per mailbox. Only approved ones are public. */
export const reviews = pgTable(
  'reviews',
  {
    id: id(),
    productId: foreignId()
      .notNull()
      .references(() => products.id, { onDelete: 'cascade' }),
    /** Null for a guest, who came from an email about their order. */
    userId: foreignId().references(() => users.id, { onDelete: 'cascade' }),
    /** The author's verified address; never public. */
    email: text().notNull(),
    /** The same for all spellings of one mailbox. */
    customerKey: text()
      .notNull()
      .generatedAlwaysAs((): SQL => sql`customer_key(email)`),
    authorName: text().notNull(),
    stars: smallint().notNull(),
    title: text().notNull().default(''),
    text: text().notNull(),
    status: reviewStatus().notNull().default('pending'),
    /** Why it was rejected, as the author reads it. */
    rejectReason: text().notNull().default(''),
    /** The store's public answer. */
    reply: text().notNull().default(''),
    repliedAt: instant(),
    /** Number of review_votes, updated by a trigger. */
    helpfulCount: integer().notNull().default(0),
    /** Incremented by each change of the text and of its moderation. */
    version: integer().notNull().default(1),
    createdAt: createdAt(),
    /** When the author wrote this version. */
    submittedAt: createdAt(),
    /** When staff approved or rejected it. */
    moderatedAt: instant(),
  },
  (t) => [
    uniqueIndex('reviews_mailbox_key').on(t.productId, t.customerKey),
    uniqueIndex('reviews_user_key').on(t.productId, t.userId),
    index('reviews_public')
      .on(t.productId, t.submittedAt.desc(), t.id.desc())
      .where(sql`${t.status} = 'approved'`),
    index('reviews_queue').on(t.status, t.submittedAt, t.id),
    index('reviews_user').on(t.userId),
    index('reviews_customer_key').on(t.customerKey),
    check('reviews_stars', sql`${t.stars} between 1 and 5`),
    check('reviews_email_lowercase', sql`${t.email} = lower(${t.email})`),
    check('reviews_author_present', sql`${t.authorName} <> ''`),
    check('reviews_text_present', sql`${t.text} <> ''`),
    check('reviews_rejected_with_reason', sql`(${t.status} = 'rejected') = (${t.rejectReason} <> '')`),
    check('reviews_moderated_at', sql`(${t.status} = 'pending') = (${t.moderatedAt} is null)`),
    check('reviews_replied_at', sql`(${t.reply} = '') = (${t.repliedAt} is null)`),
    check('reviews_helpful_count', sql`${t.helpfulCount} >= 0`),
  ],
)

/** A product's approved reviews by stars, written by triggers. A product without reviews may have no row. */
export const productRatings = pgTable(
  'product_ratings',
  {
    productId: foreignId()
      .primaryKey()
      .references(() => products.id, { onDelete: 'cascade' }),
    stars1: integer('stars_1').notNull().default(0),
    stars2: integer('stars_2').notNull().default(0),
    stars3: integer('stars_3').notNull().default(0),
    stars4: integer('stars_4').notNull().default(0),
    stars5: integer('stars_5').notNull().default(0),
    count: integer()
      .notNull()
      .generatedAlwaysAs((): SQL => sql`stars_1 + stars_2 + stars_3 + stars_4 + stars_5`),
    /** Of all stars: the average is sum / count. */
    sum: integer()
      .notNull()
      .generatedAlwaysAs((): SQL => sql`stars_1 + 2 * stars_2 + 3 * stars_3 + 4 * stars_4 + 5 * stars_5`),
  },
  (t) => [
    check(
      'product_ratings_counts',
      sql`least(${t.stars1}, ${t.stars2}, ${t.stars3}, ${t.stars4}, ${t.stars5}) >= 0`,
    ),
  ],
)

/** Photos of a review. Their bytes are public only while the review is approved (app/domain/media). */
export const reviewPhotos = pgTable(
  'review_photos',
  {
    id: id(),
    reviewId: foreignId()
      .notNull()
      .references(() => reviews.id, { onDelete: 'cascade' }),
    position: integer().notNull(),
    mediaHash: text()
      .notNull()
      .references(() => media.hash, { onDelete: 'restrict' }),
  },
  (t) => [
    uniqueIndex('review_photos_key').on(t.reviewId, t.mediaHash),
    index('review_photos_media').on(t.mediaHash),
    check('review_photos_position', sql`${t.position} between 1 and 4`),
  ],
)

/** "Helpful": one per account, and one per session of a guest. A guest's vote outlives the session. */
export const reviewVotes = pgTable(
  'review_votes',
  {
    id: id(),
    reviewId: foreignId()
      .notNull()
      .references(() => reviews.id, { onDelete: 'cascade' }),
    userId: foreignId().references(() => users.id, { onDelete: 'cascade' }),
    sessionId: foreignId(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('review_votes_user_key').on(t.reviewId, t.userId),
    uniqueIndex('review_votes_session_key').on(t.reviewId, t.sessionId),
    index('review_votes_user').on(t.userId),
    check('review_votes_one_voter', sql`num_nonnulls(${t.userId}, ${t.sessionId}) = 1`),
  ],
)

export const reviewReportReason = pgEnum('review_report_reason', [
  'offensive',
  'spam',
  'private-data',
  'not-about-the-product',
  'other',
])

/** A visitor finds a review inappropriate. Open until staff approve or reject the review. */
export const reviewReports = pgTable(
  'review_reports',
  {
    id: id(),
    reviewId: foreignId()
      .notNull()
      .references(() => reviews.id, { onDelete: 'cascade' }),
    userId: foreignId().references(() => users.id, { onDelete: 'cascade' }),
    sessionId: foreignId(),
    reason: reviewReportReason().notNull(),
    note: text().notNull().default(''),
    resolvedAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('review_reports_user_key').on(t.reviewId, t.userId),
    uniqueIndex('review_reports_session_key').on(t.reviewId, t.sessionId),
    index('review_reports_open')
      .on(t.reviewId)
      .where(sql`${t.resolvedAt} is null`),
    index('review_reports_user').on(t.userId),
    check('review_reports_one_reporter', sql`num_nonnulls(${t.userId}, ${t.sessionId}) = 1`),
  ],
)

/** An email that asks for reviews of a delivered order: one per order. Its link works while the row exists. */
export const reviewRequests = pgTable(
  'review_requests',
  {
    id: id(),
    orderId: foreignId()
      .notNull()
      .references(() => orders.id, { onDelete: 'cascade' }),
    email: text().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('review_requests_order_key').on(t.orderId),
    index('review_requests_email').on(t.email),
    index('review_requests_created_at').on(t.createdAt),
  ],
)
