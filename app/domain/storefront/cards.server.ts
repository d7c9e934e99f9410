import { eq, inArray, sql } from 'drizzle-orm'
import { db } from '#db/client.ts'
import { products, variants } from '#db/schema/index.ts'
import { isBuyable } from '#app/domain/products/published.server.ts'
import { firstImage } from '#app/domain/products/first-image.server.ts'
import type { ProductCard } from './storefront.ts'

/** The products with these ids for a list, in the order of the ids. */
export async function listCards(ids: number[]): Promise<ProductCard[]> {
  if (ids.length === 0) return []
  const image = firstImage(db)
  const facts = db
    .select({
      variantCount: sql<number>`count(*)::int`.as('variant_count'),
      isSoldOut: sql<boolean>`not coalesce(bool_or(${isBuyable}), false)`.as('is_sold_out'),
      compareAtPrice: sql<number | null>`max(${variants.compareAtPrice}) filter (
          where ${variants.price} = ${products.priceMin} and ${variants.compareAtPrice} > ${variants.price})`
        .mapWith(Number)
        .as('was'),
    })
    .from(variants)
    .where(eq(variants.productId, products.id))
    .as('facts')
  const rows = await db
    .select({
      id: products.id,
      handle: products.handle,
      title: products.title,
      vendor: products.vendor,
      priceMin: products.priceMin,
      priceMax: products.priceMax,
      compareAtPrice: facts.compareAtPrice,
      isSoldOut: facts.isSoldOut,
      variantCount: facts.variantCount,
      hash: image.hash,
      width: image.width,
      height: image.height,
      color: image.color,
      alt: image.alt,
    })
    .from(products)
    .leftJoinLateral(image, sql`true`)
    .leftJoinLateral(facts, sql`true`)
    .where(inArray(products.id, ids))
  const byId = new Map(
    rows.map(({ hash, width, height, color, alt, ...card }) => [
      card.id,
      {
        ...card,
        isSoldOut: card.priceMin !== null && (card.isSoldOut ?? true),
        variantCount: card.variantCount ?? 0,
        image: hash && width && height ? { hash, width, height, color, alt: alt ?? '' } : null,
      },
    ]),
  )
  return ids.flatMap((id) => byId.get(id) ?? [])
}
