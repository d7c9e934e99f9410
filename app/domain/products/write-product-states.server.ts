import { type SQL, sql } from 'drizzle-orm'
import type { Tx } from '#db/client.ts'
import { productImages, products, stockLedger, variants } from '#db/schema/catalog.ts'
import { priceRange, type ImageState, type ProductState, type VariantState } from './product-state.ts'

/** A product to create (`id` and `before` null) or to change from one state to another. */
export type ProductWrite = { id: number | null; before: ProductState | null; after: ProductState }
export type WriteCause = { importId: number; byUserId: number | null }

type Target = ProductWrite & { id: number }
type Place = { productId: number; position: number }

/**
 * Writes many products in a few statements, as a step of the caller's transaction, which holds the locks of
 * lockProducts() for existing ones. Stock changes by the difference between the two states, so sales in between are
 * kept; each change has its ledger row. Returns the product's id for each write, null where another product has taken
 * the handle.
 */
export async function writeProductStates(
  tx: Tx,
  writes: ProductWrite[],
  cause: WriteCause,
): Promise<(number | null)[]> {
  const made = await insertProducts(tx, writes)
  const ids = writes.map((write) => write.id ?? made.get(write.after.handle) ?? null)
  const targets = writes.flatMap((write, index): Target[] => {
    const id = ids[index] ?? null
    return id === null ? [] : [{ ...write, id }]
  })
  await updateProducts(tx, targets)
  const imageIds = await writeImages(tx, targets)
  await removeVariants(tx, targets)
  await updateVariants(tx, targets, imageIds, cause)
  await insertVariants(tx, targets, imageIds, cause)
  return ids
}

const productColumns = sql.raw(
  'handle, title, description, vendor, type, tags, category, status, published_at, seo_title, seo_description, option_names, extra, price_min, price_max',
)
const productTypes = sql.raw(
  'id bigint, ord int, handle text, title text, description text, vendor text, type text, tags text[], category text, status product_status, published_at timestamptz, seo_title text, seo_description text, option_names text[], extra jsonb, price_min bigint, price_max bigint',
)

async function insertProducts(tx: Tx, writes: ProductWrite[]): Promise<Map<string, number>> {
  const rows = writes.filter((write) => write.id === null).map((write, ord) => productRow(write, ord))
  if (rows.length === 0) return new Map()
  const made = await tx.execute<{ id: string; handle: string }>(sql`
    insert into ${products} (${productColumns})
    select ${productColumns} from ${records(rows, productTypes)} order by ord
    on conflict (handle) do nothing returning id, handle`)
  return new Map(made.map((row) => [row.handle, Number(row.id)]))
}

async function updateProducts(tx: Tx, targets: Target[]): Promise<void> {
  const rows = targets.filter((target) => target.before).map((target, ord) => productRow(target, ord))
  if (rows.length === 0) return
  await tx.execute(sql`
    update ${products} p set title = d.title, description = d.description, vendor = d.vendor, type = d.type,
      tags = d.tags, category = d.category, status = d.status, seo_title = d.seo_title,
      seo_description = d.seo_description, option_names = d.option_names, extra = d.extra, price_min = d.price_min,
      price_max = d.price_max, version = p.version + 1, updated_at = now(),
      published_at = case when d.published_at is null then null else coalesce(p.published_at, d.published_at) end
    from ${records(rows, productTypes)} where p.id = d.id`)
}

function productRow({ id, after }: ProductWrite, ord: number) {
  const range = priceRange(after.variants)
  return {
    id,
    ord,
    handle: after.handle,
    title: after.title,
    description: after.description,
    vendor: after.vendor,
    type: after.type,
    tags: after.tags,
    category: after.category,
    status: after.status,
    published_at: after.publishedAt,
    seo_title: after.seoTitle,
    seo_description: after.seoDescription,
    option_names: after.optionNames,
    extra: after.extra,
    price_min: range.min,
    price_max: range.max,
  }
}

const imageTypes = sql.raw(
  'id bigint, product_id bigint, position int, alt text, media_hash text, source_url text',
)

/** Returns the id of each new image by its position. */
async function writeImages(tx: Tx, targets: Target[]): Promise<Map<string, number>> {
  const removed = targets.flatMap(({ before, after }) => missing(before?.images, after.images))
  if (removed.length > 0) await tx.execute(sql`delete from ${productImages} where id in ${idList(removed)}`)

  const rows = targets
    .filter(({ before, after }) => !hasSameImages(before, after))
    .flatMap(({ id, after }) =>
      after.images.map((image, index) => imageRow(image, { productId: id, position: index + 1 })),
    )
  const known = rows.filter((row) => row.id !== null)
  if (known.length > 0)
    await tx.execute(sql`
      update ${productImages} i set position = d.position, alt = d.alt
      from ${records(known, imageTypes)} where i.id = d.id`)
  const added = rows.filter((row) => row.id === null)
  if (added.length === 0) return new Map()
  const made = await tx.execute<{ id: string; product_id: string; position: number }>(sql`
    insert into ${productImages} (product_id, position, alt, media_hash, source_url)
    select product_id, position, alt, media_hash, source_url from ${records(added, imageTypes)}
    order by product_id, position returning id, product_id, position`)
  return new Map(
    made.map((row) => [
      placeKey({ productId: Number(row.product_id), position: row.position }),
      Number(row.id),
    ]),
  )
}

function imageRow(image: ImageState, { productId, position }: Place) {
  return {
    id: image.id,
    product_id: productId,
    position,
    alt: image.alt,
    media_hash: image.mediaHash,
    source_url: image.sourceUrl,
  }
}

function hasSameImages(before: ProductState | null, after: ProductState): boolean {
  const present = before?.images ?? []
  return (
    present.length === after.images.length &&
    after.images.every(
      ({ id, alt }, index) => id !== null && id === present[index]!.id && alt === present[index]!.alt,
    )
  )
}

const variantColumns = sql.raw(
  'product_id, position, option_values, sku, barcode, price, compare_at_price, cost, weight_grams, weight_unit, track_stock, allow_backorder, stock, requires_shipping, taxable, image_id, extra',
)
const variantTypes = sql.raw(
  'id bigint, stock_delta int, product_id bigint, position int, option_values text[], sku text, barcode text, price bigint, compare_at_price bigint, cost bigint, weight_grams int, weight_unit text, track_stock boolean, allow_backorder boolean, stock int, requires_shipping boolean, taxable boolean, image_id bigint, extra jsonb',
)

/** Runs before the other writes: removed variants free their option values. */
async function removeVariants(tx: Tx, targets: Target[]): Promise<void> {
  const removed = targets.flatMap(({ before, after }) => missing(before?.variants, after.variants))
  if (removed.length > 0) await tx.execute(sql`delete from ${variants} where id in ${idList(removed)}`)
}

async function updateVariants(
  tx: Tx,
  targets: Target[],
  imageIds: Map<string, number>,
  cause: WriteCause,
): Promise<void> {
  const rows = targets.flatMap((target) => {
    const before = new Map(target.before?.variants.map((variant) => [variant.id, variant]))
    return target.after.variants.flatMap((variant, index) => {
      if (variant.id === null) return []
      return [variantRow(target, { variant, index, stockBefore: before.get(variant.id)?.stock }, imageIds)]
    })
  })
  if (rows.length === 0) return
  await tx.execute(sql`
    with moved as (
      update ${variants} v set position = d.position, option_values = d.option_values, sku = d.sku,
        barcode = d.barcode, price = d.price, compare_at_price = d.compare_at_price, cost = d.cost,
        weight_grams = d.weight_grams, weight_unit = d.weight_unit, track_stock = d.track_stock,
        allow_backorder = d.allow_backorder, stock = v.stock + d.stock_delta, requires_shipping = d.requires_shipping,
        taxable = d.taxable, image_id = d.image_id, extra = d.extra, updated_at = now()
      from ${records(rows, variantTypes)} where v.id = d.id
      returning v.id, v.stock, d.stock_delta
    )
    insert into ${stockLedger} (variant_id, delta, balance, reason, import_id, by_user_id)
    select id, stock_delta, stock, 'import', ${cause.importId}::bigint, ${cause.byUserId}::bigint
    from moved where stock_delta <> 0 order by id`)
}

async function insertVariants(
  tx: Tx,
  targets: Target[],
  imageIds: Map<string, number>,
  cause: WriteCause,
): Promise<void> {
  const rows = targets.flatMap((target) =>
    target.after.variants.flatMap((variant, index) =>
      variant.id === null ? [variantRow(target, { variant, index, stockBefore: 0 }, imageIds)] : [],
    ),
  )
  if (rows.length === 0) return
  await tx.execute(sql`
    with made as (
      insert into ${variants} (${variantColumns})
      select ${variantColumns} from ${records(rows, variantTypes)} order by product_id, position
      returning id, stock
    )
    insert into ${stockLedger} (variant_id, delta, balance, reason, import_id, by_user_id)
    select id, stock, stock, 'initial', ${cause.importId}::bigint, ${cause.byUserId}::bigint
    from made where stock <> 0 order by id`)
}

function variantRow(
  target: Target,
  { variant, index, stockBefore }: { variant: VariantState; index: number; stockBefore?: number },
  imageIds: Map<string, number>,
) {
  const image = variant.image === null ? undefined : target.after.images[variant.image]
  const place = { productId: target.id, position: (variant.image ?? 0) + 1 }
  return {
    id: variant.id,
    stock_delta: variant.stock - (stockBefore ?? variant.stock),
    product_id: target.id,
    position: index + 1,
    option_values: variant.optionValues,
    sku: variant.sku,
    barcode: variant.barcode,
    price: variant.price,
    compare_at_price: variant.compareAtPrice,
    cost: variant.cost,
    weight_grams: variant.weightGrams,
    weight_unit: variant.weightUnit,
    track_stock: variant.trackStock,
    allow_backorder: variant.allowBackorder,
    stock: variant.stock,
    requires_shipping: variant.requiresShipping,
    taxable: variant.taxable,
    image_id: image ? (image.id ?? imageIds.get(placeKey(place)) ?? null) : null,
    extra: variant.extra,
  }
}

/** Rows as a table `d`: one parameter for any number of rows. */
function records(rows: object[], types: SQL): SQL {
  return sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as d (${types})`
}

function idList(ids: number[]): SQL {
  return sql`(select value::bigint from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`
}

function missing(before: { id: number | null }[] | undefined, after: { id: number | null }[]): number[] {
  const remaining = new Set(after.map(({ id }) => id))
  return (before ?? []).flatMap(({ id }) => (id === null || remaining.has(id) ? [] : [id]))
}

function placeKey({ productId, position }: Place): string {
  return `${productId}/${position}`
}
