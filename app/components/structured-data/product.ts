import type { Offer, Product, ProductGroup } from 'schema-dts'
import { imageSources } from '#app/domain/media/image.ts'
import { type Currency, toDecimal } from '#app/domain/money.ts'
import { plainText } from '#app/domain/plain-text.ts'
import { isReduced } from '#app/domain/pricing/prior-price.ts'
import type { CardRating } from '#app/domain/reviews/reviews.ts'
import type { Availability } from '#app/domain/stock/availability.ts'
import { isGtin } from '#app/domain/storefront/gtin.ts'
import { type KnownOption, knownOption } from '#app/domain/storefront/known-options.ts'
import type { ProductPage, ProductVariant } from '#app/domain/storefront/storefront.ts'
import { urls } from '#app/urls.ts'

type Store = { currency: Currency; origin: string }

const stockTerms = {
  'in-stock': 'InStock',
  low: 'LimitedAvailability',
  backorder: 'BackOrder',
  'sold-out': 'OutOfStock',
  'not-for-sale': 'OutOfStock',
} as const satisfies Record<Availability['kind'], string>

/**
 * A product for search engines: one with variants is a ProductGroup
 * (https://developers.google.com/search/docs/appearance/structured-data/product-variants). Prices are those of the page.
 */
export function productData(product: ProductPage, rating: CardRating, store: Store): Product | ProductGroup {
  const [only] = product.variants
  const common = {
    '@id': `${store.origin}${urls.product(product.handle)}#product`,
    name: product.title,
    url: store.origin + urls.product(product.handle),
    description: plainText(product.description, 5000) || product.title,
    ...(product.images.length > 0 && { image: product.images.map((image) => imageUrl(image, store)) }),
    ...(product.vendor && { brand: { '@type': 'Brand' as const, name: product.vendor } }),
    ...(rating.count > 0 && { aggregateRating: ratingData(rating) }),
  }
  if (product.variants.length === 1 && only)
    return { '@type': 'Product', ...common, ...identifiers(only), ...offered(product, only, store) }
  const known = product.optionNames.flatMap((name) => knownOption(name) ?? [])
  return {
    '@type': 'ProductGroup',
    ...common,
    productGroupID: String(product.id),
    ...(known.length > 0 && { variesBy: known.map((name) => `https://schema.org/${name}`) }),
    hasVariant: product.variants.map((variant) => variantData(product, variant, store)),
  }
}

function variantData(product: ProductPage, variant: ProductVariant, store: Store): Product {
  const image = product.images.find(({ id }) => id === variant.imageId) ?? product.images[0]
  const options = product.optionNames.map((name, index) => ({ name, value: variant.optionValues[index]! }))
  const others = options.filter(({ name }) => !knownOption(name))
  return {
    '@type': 'Product',
    name: `${product.title} – ${variant.optionValues.join(' / ')}`,
    ...(image && { image: imageUrl(image, store) }),
    ...identifiers(variant),
    ...knownOptions(options),
    ...(others.length > 0 && {
      additionalProperty: others.map(({ name, value }) => ({
        '@type': 'PropertyValue' as const,
        name,
        value,
      })),
    }),
    ...offered(product, variant, store),
  }
}

function knownOptions(options: { name: string; value: string }[]): Partial<Record<KnownOption, string>> {
  return Object.fromEntries(
    options.flatMap(({ name, value }) => {
      const known = knownOption(name)
      return known ? [[known, value] as const] : []
    }),
  )
}

function identifiers({ sku, barcode }: ProductVariant): { sku?: string; gtin?: string } {
  const gtin = barcode.replace(/[\s-]/g, '')
  return { ...(sku && { sku }), ...(isGtin(gtin) && { gtin }) }
}

/** Nothing for a variant without a price. */
function offered(product: ProductPage, variant: ProductVariant, store: Store): { offers?: Offer } {
  if (variant.price === null) return {}
  const { currency } = store.currency
  const price = toDecimal(variant.price, store.currency)
  return {
    offers: {
      '@type': 'Offer',
      url: store.origin + urls.product(product.handle, variant.id),
      price,
      priceCurrency: currency,
      availability: `https://schema.org/${stockTerms[variant.availability.kind]}`,
      itemCondition: 'https://schema.org/NewCondition',
      ...(isReduced(variant) && {
        priceSpecification: {
          '@type': 'UnitPriceSpecification',
          priceType: 'https://schema.org/StrikethroughPrice',
          price: toDecimal(variant.compareAtPrice!, store.currency),
          priceCurrency: currency,
        },
      }),
    },
  }
}

function ratingData({ sum, count }: CardRating) {
  const average = Math.round((sum / count) * 100) / 100
  return {
    '@type': 'AggregateRating' as const,
    ratingValue: average,
    reviewCount: count,
    bestRating: 5,
    worstRating: 1,
  }
}

function imageUrl(image: { hash: string; width: number }, { origin }: Store): string {
  return origin + imageSources(image).fallback
}
