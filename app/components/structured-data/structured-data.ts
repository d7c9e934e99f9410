import type { MetaDescriptor } from '@remix-run/node'
import type { BreadcrumbList, OnlineStore, Thing, WebSite } from 'schema-dts'
import type { Shop } from '#app/components/shop.ts'
import { urls } from '#app/urls.ts'

/** Structured data for search engines (schema.org) in a page. Remix escapes `<` in it. */
export function structuredData(things: Thing[]): MetaDescriptor {
  return { 'script:ld+json': { '@context': 'https://schema.org', '@graph': things } as never }
}

/** The store and its search, for the home page. */
export function storeData({ shop, origin }: { shop: Shop; origin: string }): [OnlineStore, WebSite] {
  const id = `${origin}/#store`
  return [
    {
      '@type': 'OnlineStore',
      '@id': id,
      name: shop.name,
      url: origin + urls.home(),
      ...(shop.tagline && { description: shop.tagline }),
      ...(shop.contactEmail && { email: shop.contactEmail }),
      ...(shop.contactPhone && { telephone: shop.contactPhone }),
      ...(shop.contactAddress && { address: shop.contactAddress }),
    },
    {
      '@type': 'WebSite',
      name: shop.name,
      url: origin + urls.home(),
      publisher: { '@id': id },
      potentialAction: {
        '@type': 'SearchAction',
        target: { '@type': 'EntryPoint', urlTemplate: `${origin}${urls.search()}?q={search_term_string}` },
        // Google's extension of schema.org.
        ...{ 'query-input': 'required name=search_term_string' },
      },
    },
  ]
}

/** The breadcrumbs of a page, as it shows them. */
export function breadcrumbData(
  origin: string,
  path: { to: string; label: string }[],
  here: string,
): BreadcrumbList {
  return {
    '@type': 'BreadcrumbList',
    itemListElement: [
      ...path.map(({ to, label }, index) => ({
        '@type': 'ListItem' as const,
        position: index + 1,
        name: label,
        item: origin + to,
      })),
      { '@type': 'ListItem' as const, position: path.length + 1, name: here },
    ],
  }
}
