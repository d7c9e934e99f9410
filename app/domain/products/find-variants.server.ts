import { and, asc, eq, ilike, inArray, or, sql } from 'drizzle-orm'
import { containsPattern } from '#app/domain/like.ts'
import { db } from '#db/client.ts'
import { products, variants } from '#db/schema/index.ts'
import { thumbnail } from './list-products.server.ts'
import { isPublished } from './published.server.ts'

const foundShown = 20

/** Variants that staff can add to an order, by title or SKU, and those that are in the form already. */
export async function findVariants(query: string, chosen: number[]) {
  const pattern = containsPattern(query)
  const isFound = or(ilike(products.title, pattern), ilike(variants.sku, pattern))
  const isAsked = inArray(variants.id, [0, ...chosen])
  const rows = await db
    .select({
      variantId: variants.id,
      title: products.title,
      variantTitle: sql<string>`array_to_string(${variants.optionValues}, ' / ')`,
      sku: variants.sku,
      price: variants.price,
      stock: variants.stock,
      isTracked: variants.trackStock,
      image: thumbnail(),
      isChosen: sql<boolean>`${isAsked}`,
    })
    .from(variants)
    .innerJoin(products, eq(products.id, variants.productId))
    .where(
      query === '' ? isAsked : or(isAsked, and(isFound, isPublished, sql`${variants.price} is not null`)),
    )
    .orderBy(sql`${isAsked} desc`, asc(products.title), asc(variants.position), asc(variants.id))
    .limit(foundShown + chosen.length)
  return rows
}

export type FoundVariant = Awaited<ReturnType<typeof findVariants>>[number]
