import { z } from 'zod'

/**
 * The properties that Google requires of structured data, and those of ours that it recommends:
 * https://developers.google.com/search/docs/appearance/structured-data. Types and names of properties are those of
 * schema.org, which the compiler checks (schema-dts).
 */
const url = z.url()
const amount = z.string().regex(/^\d+(\.\d+)?$/)

const offer = z.strictObject({
  '@type': z.literal('Offer'),
  url,
  price: amount,
  priceCurrency: z.string().regex(/^[A-Z]{3}$/),
  availability: z
    .string()
    .regex(/^https:\/\/schema\.org\/(InStock|LimitedAvailability|BackOrder|OutOfStock)$/),
  itemCondition: z.literal('https://schema.org/NewCondition'),
  priceSpecification: z
    .strictObject({
      '@type': z.literal('UnitPriceSpecification'),
      priceType: z.literal('https://schema.org/StrikethroughPrice'),
      price: amount,
      priceCurrency: z.string(),
    })
    .optional(),
})

const aggregateRating = z.strictObject({
  '@type': z.literal('AggregateRating'),
  ratingValue: z.number().min(1).max(5),
  reviewCount: z.int().positive(),
  bestRating: z.literal(5),
  worstRating: z.literal(1),
})

const described = {
  '@id': url,
  url,
  name: z.string().min(1),
  description: z.string().min(1),
  image: z.array(url).min(1).optional(),
  brand: z.strictObject({ '@type': z.literal('Brand'), name: z.string().min(1) }).optional(),
  aggregateRating: aggregateRating.optional(),
}

const identifiers = {
  sku: z.string().min(1).optional(),
  gtin: z
    .string()
    .regex(/^\d{8,14}$/)
    .optional(),
}

const product = z.strictObject({
  '@type': z.literal('Product'),
  ...described,
  ...identifiers,
  offers: offer.optional(),
})

const variant = z.strictObject({
  '@type': z.literal('Product'),
  name: z.string().min(1),
  image: url.optional(),
  ...identifiers,
  color: z.string().optional(),
  size: z.string().optional(),
  material: z.string().optional(),
  pattern: z.string().optional(),
  additionalProperty: z
    .array(z.strictObject({ '@type': z.literal('PropertyValue'), name: z.string(), value: z.string() }))
    .optional(),
  offers: offer.optional(),
})

const productGroup = z.strictObject({
  '@type': z.literal('ProductGroup'),
  ...described,
  productGroupID: z.string().min(1),
  variesBy: z.array(z.string().regex(/^https:\/\/schema\.org\/(color|size|material|pattern)$/)).optional(),
  hasVariant: z.array(variant).min(2),
})

const breadcrumbs = z.strictObject({
  '@type': z.literal('BreadcrumbList'),
  itemListElement: z
    .array(
      z.strictObject({
        '@type': z.literal('ListItem'),
        position: z.int(),
        name: z.string().min(1),
        item: url.optional(),
      }),
    )
    .min(2)
    .refine((items) => items.every(({ position }, index) => position === index + 1))
    .refine((items) => items.slice(0, -1).every(({ item }) => item)),
})

const store = z.strictObject({
  '@type': z.literal('OnlineStore'),
  '@id': url,
  name: z.string().min(1),
  url,
  description: z.string().optional(),
  email: z.email().optional(),
  telephone: z.string().optional(),
  address: z.string().optional(),
})

const webSite = z.strictObject({
  '@type': z.literal('WebSite'),
  name: z.string().min(1),
  url,
  publisher: z.strictObject({ '@id': url }),
  potentialAction: z.strictObject({
    '@type': z.literal('SearchAction'),
    target: z.strictObject({
      '@type': z.literal('EntryPoint'),
      urlTemplate: z.string().includes('{search_term_string}'),
    }),
    'query-input': z.literal('required name=search_term_string'),
  }),
})

const graph = z.strictObject({
  '@context': z.literal('https://schema.org'),
  '@graph': z.array(z.discriminatedUnion('@type', [product, productGroup, breadcrumbs, store, webSite])),
})

export type Thing = z.infer<typeof graph>['@graph'][number]

/** All structured data of a page, valid; throws otherwise. */
export function readStructuredData(html: string): Thing[] {
  const scripts = [...html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)]
  return scripts.flatMap(([, json]) => graph.parse(JSON.parse(json!))['@graph'])
}

/** The one of this type. */
export function thingOf<T extends Thing['@type']>(html: string, type: T): Extract<Thing, { '@type': T }> {
  const found = readStructuredData(html).filter((thing) => thing['@type'] === type)
  if (found.length !== 1) throw new Error(`${found.length} of ${type}`)
  return found[0] as Extract<Thing, { '@type': T }>
}
