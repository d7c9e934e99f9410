import { eq, inArray, sql } from 'drizzle-orm'
import { db } from '#db/client.ts'
import { productRatings, products, variants } from '#db/schema/index.ts'
import { isBuyable } from '#app/domain/products/published.server.ts'
import { firstImage } from '#app/domain/products/first-image.server.ts'
import { withPriorPrice } from '#app/domain/pricing/prior-price.ts'
import { getShownPriorPrices } from './prior-prices.server.ts'
import type { ProductCard } from './storefront.ts'

type ReducedVariant = { id: number; compareAtPrice: number }

/** The products with these ids for a list, in the order of the ids. */
export async function listCards(ids: number[]): Promise<ProductCard[]> {
  if (ids.length === 0) return []
  const image = firstImage(db)
  const facts = db
    .select({
      variantCount: sql<number>`count(*)::int`.as('variant_count'),
      isSoldOut: sql<boolean>`not coalesce(bool_or(${isBuyable}), false)`.as('is_sold_out'),
      /** Of the variants with the lowest price. */
      reduced: sql<ReducedVariant[] | null>`json_agg(json_build_object('id', ${variants.id}, 'compareAtPrice',
        ${variants.compareAtPrice})) filter (where ${variants.price} = ${products.priceMin} and
        ${variants.compareAtPrice} > ${variants.price})`.as('reduced'),
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
      reduced: facts.reduced,
      isSoldOut: facts.isSoldOut,
      variantCount: facts.variantCount,
      hash: image.hash,
      width: image.width,
      height: image.height,
      color: image.color,
      alt: image.alt,
      rating: { count: productRatings.count, sum: productRatings.sum },
    })
    .from(products)
    .leftJoin(productRatings, eq(productRatings.productId, products.id))
    .leftJoinLateral(image, sql`true`)
    .leftJoinLateral(facts, sql`true`)
    .where(inArray(products.id, ids))
  const priorPrices = await getShownPriorPrices(
    rows.flatMap(({ reduced }) => reduced ?? []).map(({ id }) => id),
  )
  const byId = new Map(
    rows.map(({ hash, width, height, color, alt, reduced, rating, ...card }) => [
      card.id,
      {
        ...card,
        ...cardReduction(reduced ?? [], priorPrices),
        isSoldOut: card.priceMin !== null && (card.isSoldOut ?? true),
        variantCount: card.variantCount ?? 0,
        rating: rating && rating.count > 0 ? rating : null,
        image: hash && width && height ? { hash, width, height, color, alt: alt ?? '' } : null,
      },
    ]),
  )
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** What the card announces: the highest compare-at price, or the lowest prior price with the compare-at price it has. */
function cardReduction(reduced: ReducedVariant[], priorPrices: Map<number, number> | undefined) {
  const [shown] = reduced
    .map((variant) => withPriorPrice(variant, priorPrices))
    .flatMap(({ compareAtPrice, priorPrice }) =>
      compareAtPrice === null ? [] : { compareAtPrice, priorPrice },
    )
    .sort((a, b) => (a.priorPrice ?? 0) - (b.priorPrice ?? 0) || b.compareAtPrice - a.compareAtPrice)
  if (!shown) return { compareAtPrice: null }
  const { compareAtPrice, priorPrice } = shown
  return priorPrice === undefined ? { compareAtPrice } : { compareAtPrice, priorPrice }
}
