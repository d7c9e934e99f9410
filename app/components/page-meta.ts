import type { MetaDescriptor } from '@remix-run/node'
import { fallbackWidthOf, imageSources } from '#app/domain/media/image.ts'
import { emptyListing, isFiltered, type Listing } from '#app/domain/storefront/listing.ts'
import type { ShopImage } from '#app/domain/storefront/storefront.ts'
import type { Shop } from './shop.ts'

type Matches = readonly ({ id: string; data: unknown } | undefined)[]

/** Title, description, URL and preview of a page (https://ogp.me). The URL comes from the settings, never from the request. */
export function pageMeta(
  matches: Matches,
  page: {
    title?: string
    description?: string
    /** Canonical path; omitted for private pages. */
    path?: string
    image?: ShopImage
    /** Of the preview, as in Open Graph. */
    type?: 'website' | 'product' | 'article'
    isPrivate?: boolean
  },
): MetaDescriptor[] {
  const { shop, origin } = rootOf(matches)
  const name = shop?.name ?? 'Till'
  const title = page.title ? `${page.title} · ${name}` : name
  // A page without a text of its own is described by its title.
  const fallback = page.path !== undefined && page.title ? `${page.title} at ${name}.` : undefined
  const description = page.description || fallback
  const tags: MetaDescriptor[] = [{ title }, { property: 'og:title', content: page.title ?? name }]
  if (description)
    tags.push(
      { name: 'description', content: description },
      { property: 'og:description', content: description },
    )
  if (page.path !== undefined)
    tags.push(
      { tagName: 'link', rel: 'canonical', href: origin + page.path },
      { property: 'og:url', content: origin + page.path },
      { property: 'og:type', content: page.type ?? 'website' },
      { property: 'og:site_name', content: name },
    )
  if (page.image) tags.push(...previewImage(page.image, origin))
  if (page.isPrivate) tags.push({ name: 'robots', content: 'noindex' })
  return tags
}

function previewImage(image: ShopImage, origin: string): MetaDescriptor[] {
  const width = fallbackWidthOf(image.width)
  return [
    { property: 'og:image', content: origin + imageSources(image).fallback },
    { property: 'og:image:width', content: String(width) },
    { property: 'og:image:height', content: String(Math.round((image.height * width) / image.width)) },
    ...(image.alt ? [{ property: 'og:image:alt', content: image.alt }] : []),
    { name: 'twitter:card', content: 'summary_large_image' },
  ]
}

/**
 * The title and path of a product list. Each page of the whole list has a path of its own; filtered and sorted lists
 * show the same products again, and search engines should not list them.
 */
export function listingMeta(list: { title: string; path: string; listing: Listing }) {
  const { listing, path } = list
  const title = listing.from > 1 ? `${list.title} – Page ${listing.from}` : list.title
  if (isFiltered(listing) || listing.sort !== emptyListing.sort) return { title, isPrivate: true }
  return { title, path: listing.from > 1 ? `${path}?page=${listing.from}` : path }
}

export function rootOf(matches: Matches): { shop: Shop | null; origin: string } {
  const root = matches.find((match) => match?.id === 'root')?.data as
    { shop: Shop | null; origin: string } | undefined
  return root ?? { shop: null, origin: '' }
}
