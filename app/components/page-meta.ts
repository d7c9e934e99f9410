import type { MetaDescriptor } from '@remix-run/node'
import type { Shop } from './shop.ts'

type Matches = readonly ({ id: string; data: unknown } | undefined)[]

/** Title, description, URL and preview image of a page. The URL comes from the settings, never from the request. */
export function pageMeta(
  matches: Matches,
  page: {
    title?: string
    description?: string
    /** Canonical path; omitted for private pages. */
    path?: string
    image?: string
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
      { property: 'og:type', content: 'website' },
      { property: 'og:site_name', content: name },
    )
  if (page.image) tags.push({ property: 'og:image', content: origin + page.image })
  if (page.isPrivate) tags.push({ name: 'robots', content: 'noindex' })
  return tags
}

export function rootOf(matches: Matches): { shop: Shop | null; origin: string } {
  const root = matches.find((match) => match?.id === 'root')?.data as
    { shop: Shop | null; origin: string } | undefined
  return root ?? { shop: null, origin: '' }
}

/** The first sentence or so of sanitized HTML, for descriptions. */
export function plainText(html: string, max = 160): string {
  const text = html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&nbsp;/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim()
  return text.length <= max ? text : `${text.slice(0, max - 1).replace(/\s+\S*$/, '')}…`
}
