import { and, asc, count, eq, isNotNull, isNull, lt, or, sql } from 'drizzle-orm'
import { isBuyable, isPublished } from '#app/domain/products/published.server.ts'
import { db, type Tx } from '#db/client.ts'
import { products, stockAlerts, variants } from '#db/schema/index.ts'

/** What an email or a page says about an alert; null when it was stopped. */
export async function getStockAlert(id: number) {
  const [alert] = await db
    .select({
      id: stockAlerts.id,
      email: stockAlerts.email,
      confirmedAt: stockAlerts.confirmedAt,
      variantId: variants.id,
      handle: products.handle,
      title: products.title,
      variantTitle: sql<string>`array_to_string(${variants.optionValues}, ' / ')`,
      price: variants.price,
      isAvailable: sql<boolean>`${isPublished} and ${isBuyable}`,
    })
    .from(stockAlerts)
    .innerJoin(variants, eq(variants.id, stockAlerts.variantId))
    .innerJoin(products, eq(products.id, variants.productId))
    .where(eq(stockAlerts.id, id))
  return alert ?? null
}

/** A variant that shoppers can see, for the form of its alert; null for any other. */
export async function getVariantForAlert(product: string, variantId: number) {
  const [variant] = await db
    .select({
      variantId: variants.id,
      handle: products.handle,
      title: products.title,
      variantTitle: sql<string>`array_to_string(${variants.optionValues}, ' / ')`,
    })
    .from(variants)
    .innerJoin(products, eq(products.id, variants.productId))
    .where(and(eq(variants.id, variantId), eq(products.handle, product), isPublished))
  return variant ?? null
}

/** How many confirmed alerts wait for each of the product's variants; variants without any are left out. */
export async function countStockAlerts(productId: number): Promise<Record<number, number>> {
  const rows = await db
    .select({ variantId: stockAlerts.variantId, waiting: count() })
    .from(stockAlerts)
    .innerJoin(variants, eq(variants.id, stockAlerts.variantId))
    .where(and(eq(variants.productId, productId), isWaiting))
    .groupBy(stockAlerts.variantId)
  return Object.fromEntries(rows.map(({ variantId, waiting }) => [variantId, waiting]))
}

/** The open alerts of an address, oldest first. */
export async function listStockAlerts(email: string) {
  return db
    .select({
      title: products.title,
      variantTitle: sql<string>`array_to_string(${variants.optionValues}, ' / ')`,
      createdAt: stockAlerts.createdAt,
      confirmedAt: stockAlerts.confirmedAt,
    })
    .from(stockAlerts)
    .innerJoin(variants, eq(variants.id, stockAlerts.variantId))
    .innerJoin(products, eq(products.id, variants.productId))
    .where(and(eq(stockAlerts.email, email), isNull(stockAlerts.notifiedAt)))
    .orderBy(asc(stockAlerts.id))
}

/** Puts an alert back in line whose email was not sent, because the variant was sold out again by then. */
export async function reopenStockAlert(id: number): Promise<void> {
  const other = sql`(select from ${stockAlerts} o where o.variant_id = ${stockAlerts.variantId} and o.email = ${stockAlerts.email} and o.notified_at is null)`
  await db
    .update(stockAlerts)
    .set({ notifiedAt: null })
    .where(and(eq(stockAlerts.id, id), sql`not exists ${other}`))
}

/** Stops the open alerts of an address, as a step of the caller's transaction. */
export async function stopStockAlerts(tx: Pick<Tx, 'delete'>, email: string): Promise<void> {
  await tx.delete(stockAlerts).where(and(eq(stockAlerts.email, email), isNull(stockAlerts.notifiedAt)))
}

/** Deletes all alerts of an address, those that are done included, as a step of the caller's transaction. */
export async function deleteStockAlerts(tx: Pick<Tx, 'delete'>, email: string): Promise<void> {
  await tx.delete(stockAlerts).where(eq(stockAlerts.email, email))
}

/** Deletes alerts two weeks after an unconfirmed request, a month after the email, a year after the request. */
export async function deleteOldStockAlerts(): Promise<void> {
  const { createdAt, confirmedAt, notifiedAt } = stockAlerts
  await db
    .delete(stockAlerts)
    .where(
      or(
        lt(createdAt, sql`now() - interval '1 year'`),
        lt(notifiedAt, sql`now() - interval '30 days'`),
        and(isNull(confirmedAt), lt(createdAt, sql`now() - interval '14 days'`)),
      ),
    )
}

const isWaiting = and(isNotNull(stockAlerts.confirmedAt), isNull(stockAlerts.notifiedAt))
