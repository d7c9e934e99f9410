import type { Shop } from '#app/components/shop.ts'
import type { ProductPage } from '#app/domain/storefront/storefront.ts'
import { plainText } from '#app/components/page-meta.ts'
import { imageSources } from '#app/domain/media/image.ts'
import { toDecimal } from '#app/domain/money.ts'
import { urls } from '#app/urls.ts'

const stockTerms = {
  'in-stock': 'InStock',
  low: 'LimitedAvailability',
  backorder: 'BackOrder',
  'sold-out': 'OutOfStock',
  'not-for-sale': 'OutOfStock',
}

/** Structured data of the product (schema.org/Product). Remix escapes `<` in it. */
export function productJsonLd(product: ProductPage, { shop, origin }: { shop: Shop | null; origin: string }) {
  const currency = shop ?? { currency: 'EUR', currencyDigits: 2 }
  return {
    '@context': 'https://schema.org',
    '@type': 'Product',
    name: product.title,
    url: origin + urls.product(product.handle),
    description: plainText(product.description, 5000) || undefined,
    image: product.images.map((image) => origin + imageSources(image).fallback),
    brand: product.vendor ? { '@type': 'Brand', name: product.vendor } : undefined,
    offers: product.variants.flatMap((variant) =>
      variant.price === null
        ? []
        : {
            '@type': 'Offer',
            url: origin + urls.product(product.handle, variant.id),
            name: variant.optionValues.join(' / ') || undefined,
            sku: variant.sku || undefined,
            price: toDecimal(variant.price, currency),
            priceCurrency: currency.currency,
            availability: `https://schema.org/${stockTerms[variant.availability.kind]}`,
          },
    ),
  }
}
