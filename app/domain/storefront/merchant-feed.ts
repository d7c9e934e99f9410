/** The product feed for Google Merchant Center (https://support.google.com/merchants/answer/7052112): RSS 2.0. */
import { imageSources } from '#app/domain/media/image.ts'
import { type Currency, toDecimal } from '#app/domain/money.ts'
import { plainText } from '#app/domain/plain-text.ts'
import { isReduced } from '#app/domain/pricing/prior-price.ts'
import type { Availability } from '#app/domain/stock/availability.ts'
import { xmlElement } from '#app/domain/xml.ts'
import { urls } from '#app/urls.ts'
import { isGtin } from './gtin.ts'
import { knownOption } from './known-options.ts'

export type FeedStore = Currency & { shopName: string; tagline: string; origin: string }

type Image = { id: number; hash: string; width: number }

export type FeedProduct = {
  id: number
  handle: string
  title: string
  description: string
  vendor: string
  type: string
  optionNames: string[]
  images: Image[]
  /** How many variants the product has, with those that have no price. */
  variantCount: number
}

/** Prices are those of the product's page: the compare-at price is null where the store may not announce it. */
export type FeedVariant = {
  id: number
  optionValues: string[]
  sku: string
  barcode: string
  price: number
  compareAtPrice: number | null
  availability: Availability
  weightGrams: number
  requiresShipping: boolean
  imageId: number | null
}

const maxTitle = 150
const maxDescription = 5_000
const maxAdditionalImages = 10

/** As in the structured data of the page, which Google compares. */
const availabilityTerms = {
  'in-stock': 'in_stock',
  low: 'in_stock',
  backorder: 'backorder',
  'sold-out': 'out_of_stock',
  'not-for-sale': 'out_of_stock',
} satisfies Record<Availability['kind'], string>

export function feedHead({ shopName, tagline, origin }: FeedStore): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0">
<channel>
${xmlElement('title', shopName)}
${xmlElement('link', origin + urls.home())}
${xmlElement('description', tagline || shopName)}
`
}

export const feedFoot = '</channel>\n</rss>\n'

/** The item of one variant that has a price. */
export function feedItem(product: FeedProduct, variant: FeedVariant, store: FeedStore): string {
  const link = store.origin + urls.product(product.handle, variant.id)
  const elements = [
    ['g:id', String(variant.id)],
    ['title', titleOf(product, variant)],
    ['description', plainText(product.description, maxDescription) || product.title],
    ['link', link],
    ...imagesOf(product, variant, store),
    ['g:availability', availabilityTerms[variant.availability.kind]],
    ...pricesOf(variant, store),
    ['g:condition', 'new'],
    ...identifiersOf(product, variant),
    ...(product.type ? [['g:product_type', product.type]] : []),
    ...(product.variantCount > 1 ? [['g:item_group_id', String(product.id)]] : []),
    ...optionsOf(product, variant),
    ...(variant.requiresShipping && variant.weightGrams > 0
      ? [['g:shipping_weight', `${variant.weightGrams} g`]]
      : []),
  ]
  return `<item>\n${elements.map(([name, text]) => xmlElement(name!, text!)).join('\n')}\n</item>\n`
}

type Elements = [name: string, text: string][]

function titleOf(product: FeedProduct, { optionValues }: FeedVariant): string {
  const title = optionValues.length > 0 ? `${product.title} – ${optionValues.join(' / ')}` : product.title
  return Array.from(title).slice(0, maxTitle).join('')
}

/** The variant's own image first, otherwise the product's first. */
function imagesOf({ images }: FeedProduct, { imageId }: FeedVariant, { origin }: FeedStore): Elements {
  const own = images.find(({ id }) => id === imageId) ?? images[0]
  if (!own) return []
  const others = images.filter((image) => image !== own).slice(0, maxAdditionalImages)
  const url = (image: Image) => origin + imageSources(image).fallback
  return [
    ['g:image_link', url(own)],
    ...others.map((image): [string, string] => ['g:additional_image_link', url(image)]),
  ]
}

function pricesOf(variant: FeedVariant, store: FeedStore): Elements {
  const price = (amount: number) => `${toDecimal(amount, store)} ${store.currency}`
  if (!isReduced(variant)) return [['g:price', price(variant.price)]]
  return [
    ['g:price', price(variant.compareAtPrice!)],
    ['g:sale_price', price(variant.price)],
  ]
}

/** Google identifies a product by its GTIN, or by its brand and MPN. */
function identifiersOf({ vendor }: FeedProduct, { barcode, sku }: FeedVariant): Elements {
  const gtin = barcode.replace(/[\s-]/g, '')
  const hasGtin = isGtin(gtin)
  const elements: Elements = []
  if (vendor) elements.push(['g:brand', vendor])
  if (hasGtin) elements.push(['g:gtin', gtin])
  if (sku) elements.push(['g:mpn', sku])
  if (!hasGtin && !(vendor && sku)) elements.push(['g:identifier_exists', 'no'])
  return elements
}

/** Color, size, material and pattern. */
function optionsOf({ optionNames }: FeedProduct, { optionValues }: FeedVariant): Elements {
  return optionNames.flatMap((name, index): Elements => {
    const known = knownOption(name)
    return known ? [[`g:${known}`, optionValues[index]!]] : []
  })
}
