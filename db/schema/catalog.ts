import { type SQL, sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { createdAt, foreignId, id, instant, isAmount, money } from './columns.ts'
import { media } from './media.ts'

/** Products with a tax rate other than the standard one, such as food or books. */
export const taxClasses = pgTable(
  'tax_classes',
  { id: id(), title: text().notNull(), version: integer().notNull().default(1), createdAt: createdAt() },
  (t) => [
    uniqueIndex('tax_classes_title_key').on(sql`lower(${t.title})`),
    check('tax_classes_title_present', sql`${t.title} <> ''`),
  ],
)

export const productStatus = pgEnum('product_status', ['draft', 'active', 'archived'])

export const products = pgTable(
  'products',
  {
    id: id(),
    handle: text().notNull(),
    title: text().notNull(),
    /** Sanitized HTML. */
    description: text().notNull().default(''),
    vendor: text().notNull().default(''),
    type: text().notNull().default(''),
    tags: text()
      .array()
      .notNull()
      .default(sql`'{}'`),
    /** Taxonomy path, "A > B > C". */
    category: text().notNull().default(''),
    status: productStatus().notNull().default('draft'),
    /** Null: not published, whatever the status. A future date: scheduled. */
    publishedAt: instant(),
    seoTitle: text().notNull().default(''),
    seoDescription: text().notNull().default(''),
    /** Up to three option names ("Size", "Color"); none for a product with one plain variant. */
    optionNames: text()
      .array()
      .notNull()
      .default(sql`'{}'`),
    optionCount: smallint()
      .notNull()
      .generatedAlwaysAs((): SQL => sql`cardinality(option_names)`),
    /** Null: the standard rate. */
    taxClassId: foreignId().references(() => taxClasses.id, { onDelete: 'set null' }),
    /** Lowest and highest price of the variants; null when no variant has a price. Updated by refreshPriceRange. */
    priceMin: money(),
    priceMax: money(),
    /** Unknown CSV columns by header, stored for a later export. */
    extra: jsonb().$type<Record<string, string>>().notNull().default({}),
    version: integer().notNull().default(1),
    createdAt: createdAt(),
    updatedAt: createdAt(),
  },
  (t) => [
    uniqueIndex('products_handle_key').on(t.handle),
    unique('products_id_option_count_key').on(t.id, t.optionCount),
    check(
      'products_handle_shape',
      sql`${t.handle} <> '' and ${t.handle} !~ '[/?#[:space:]]' and length(${t.handle}) <= 255`,
    ),
    check('products_title_present', sql`${t.title} <> ''`),
    check(
      'products_option_names_three',
      sql`cardinality(${t.optionNames}) <= 3 and array_position(${t.optionNames}, '') is null`,
    ),
    check(
      'products_price_range',
      sql`(${t.priceMin} is null) = (${t.priceMax} is null) and (${t.priceMin} is null or ${t.priceMin} <= ${t.priceMax})`,
    ),
    index('products_window')
      .on(t.publishedAt.desc(), t.id)
      .where(sql`${t.status} = 'active'`),
    index('products_window_price')
      .on(t.priceMin, t.id)
      .where(sql`${t.status} = 'active'`),
    index('products_window_title')
      .on(t.title, t.id)
      .where(sql`${t.status} = 'active'`),
    index('products_updated').on(t.updatedAt.desc(), t.id),
    index('products_type').on(t.type),
    index('products_tax_class')
      .on(t.taxClassId)
      .where(sql`${t.taxClassId} is not null`),
    index('products_vendor').on(t.vendor),
    index('products_tags').using('gin', t.tags),
  ],
)

export const productImages = pgTable(
  'product_images',
  {
    id: id(),
    productId: foreignId()
      .notNull()
      .references(() => products.id, { onDelete: 'cascade' }),
    position: integer().notNull(),
    alt: text().notNull().default(''),
    /** Uploaded or downloaded image; null while only the URL from a CSV is known. */
    mediaHash: text().references(() => media.hash, { onDelete: 'restrict' }),
    sourceUrl: text(),
    createdAt: createdAt(),
  },
  (t) => [
    index('product_images_product').on(t.productId, t.position),
    index('product_images_media').on(t.mediaHash),
    // A hash index holds URLs of any length.
    index('product_images_source').using('hash', t.sourceUrl),
    uniqueIndex('product_images_source_key').on(t.productId, t.sourceUrl),
    check('product_images_from_somewhere', sql`num_nonnulls(${t.mediaHash}, ${t.sourceUrl}) >= 1`),
    check('product_images_position', sql`${t.position} >= 1`),
  ],
)

export const variants = pgTable(
  'variants',
  {
    id: id(),
    productId: foreignId().notNull(),
    position: integer().notNull(),
    /** One value per option name of the product, in the same order. */
    optionValues: text()
      .array()
      .notNull()
      .default(sql`'{}'`),
    optionCount: smallint()
      .notNull()
      .generatedAlwaysAs((): SQL => sql`cardinality(option_values)`),
    sku: text().notNull().default(''),
    barcode: text().notNull().default(''),
    /** Null: "price on request", cannot be bought. */
    price: money(),
    compareAtPrice: money(),
    cost: money(),
    weightGrams: integer().notNull().default(0),
    /** Display only; the stored weight is always in grams. */
    weightUnit: text().notNull().default('kg'),
    trackStock: boolean().notNull().default(true),
    /** Continue selling when out of stock; stock then becomes negative. */
    allowBackorder: boolean().notNull().default(false),
    /** On hand. Changed only together with a stock_ledger row. */
    stock: integer().notNull().default(0),
    requiresShipping: boolean().notNull().default(true),
    taxable: boolean().notNull().default(true),
    imageId: foreignId().references(() => productImages.id, { onDelete: 'set null' }),
    extra: jsonb().$type<Record<string, string>>().notNull().default({}),
    createdAt: createdAt(),
    updatedAt: createdAt(),
  },
  (t) => [
    foreignKey({
      name: 'variants_product_fkey',
      columns: [t.productId],
      foreignColumns: [products.id],
    }).onDelete('cascade'),
    unique('variants_options_key').on(t.productId, t.optionValues),
    check('variants_option_values_present', sql`array_position(${t.optionValues}, '') is null`),
    check('variants_price_amount', isAmount(t.price)),
    check('variants_compare_at_amount', isAmount(t.compareAtPrice)),
    check('variants_cost_amount', isAmount(t.cost)),
    check('variants_weight', sql`${t.weightGrams} >= 0`),
    check('variants_position', sql`${t.position} >= 1`),
    index('variants_product').on(t.productId, t.position),
    index('variants_sku')
      .on(t.sku)
      .where(sql`${t.sku} <> ''`),
    index('variants_sku_prefix')
      .on(sql`(lower(${t.sku}) collate "C")`)
      .where(sql`${t.sku} <> ''`),
    index('variants_barcode')
      .on(t.barcode)
      .where(sql`${t.barcode} <> ''`),
    index('variants_low_stock')
      .on(t.stock)
      .where(sql`${t.trackStock}`),
  ],
)

export const stockReason = pgEnum('stock_reason', [
  'initial',
  'import',
  'correction',
  'received',
  'sale',
  'cancellation',
  'restock',
])

/** Stock history: the sum of a variant's deltas is its stock. */
export const stockLedger = pgTable(
  'stock_ledger',
  {
    id: id(),
    variantId: foreignId()
      .notNull()
      .references(() => variants.id, { onDelete: 'cascade' }),
    delta: integer().notNull(),
    /** Stock after this row. */
    balance: integer().notNull(),
    reason: stockReason().notNull(),
    /** Sold below zero, because the variant allows backorders. */
    oversold: boolean().notNull().default(false),
    orderId: foreignId(),
    importId: foreignId(),
    byUserId: foreignId(),
    note: text().notNull().default(''),
    createdAt: createdAt(),
  },
  (t) => [
    check('stock_ledger_delta_not_zero', sql`${t.delta} <> 0`),
    check('stock_ledger_never_oversold', sql`${t.reason} <> 'sale' or ${t.oversold} or ${t.balance} >= 0`),
    check(
      'stock_ledger_sale_has_order',
      sql`(${t.reason} in ('initial', 'import', 'correction', 'received')) = (${t.orderId} is null)`,
    ),
    index('stock_ledger_variant').on(t.variantId, t.id),
    index('stock_ledger_order').on(t.orderId),
  ],
)

export const collectionKind = pgEnum('collection_kind', ['manual', 'rule'])
export const collectionMatch = pgEnum('collection_match', ['all', 'any'])

export type CollectionRule = { field: 'type' | 'tag' | 'vendor'; value: string }

export const collections = pgTable(
  'collections',
  {
    id: id(),
    handle: text().notNull(),
    title: text().notNull(),
    description: text().notNull().default(''),
    parentId: foreignId(),
    position: integer().notNull().default(0),
    kind: collectionKind().notNull().default('manual'),
    match: collectionMatch().notNull().default('all'),
    rules: jsonb().$type<CollectionRule[]>().notNull().default([]),
    publishedAt: instant(),
    mediaHash: text().references(() => media.hash, { onDelete: 'set null' }),
    seoTitle: text().notNull().default(''),
    seoDescription: text().notNull().default(''),
    version: integer().notNull().default(1),
    createdAt: createdAt(),
    updatedAt: createdAt(),
  },
  (t) => [
    uniqueIndex('collections_handle_key').on(t.handle),
    foreignKey({
      name: 'collections_parent_fkey',
      columns: [t.parentId],
      foreignColumns: [t.id],
    }).onDelete('set null'),
    check(
      'collections_handle_shape',
      sql`${t.handle} <> '' and ${t.handle} !~ '[/?#[:space:]]' and ${t.handle} <> 'all'`,
    ),
    check('collections_not_own_parent', sql`${t.parentId} <> ${t.id}`),
    check(
      'collections_rules_are_a_list',
      sql`jsonb_typeof(${t.rules}) = 'array' and jsonb_array_length(${t.rules}) <= 50`,
    ),
    index('collections_parent').on(t.parentId, t.position),
  ],
)

/** Products of manual collections; automatic ones are matched by their rules. */
export const collectionProducts = pgTable(
  'collection_products',
  {
    collectionId: foreignId()
      .notNull()
      .references(() => collections.id, { onDelete: 'cascade' }),
    productId: foreignId()
      .notNull()
      .references(() => products.id, { onDelete: 'cascade' }),
    position: integer().notNull().default(0),
  },
  (t) => [
    primaryKey({ name: 'collection_products_pkey', columns: [t.collectionId, t.productId] }),
    index('collection_products_product').on(t.productId),
    index('collection_products_order').on(t.collectionId, t.position, t.productId),
  ],
)
