/** Sitemaps (https://www.sitemaps.org/protocol.html) with Google's images. */
import { imageSources } from '#app/domain/media/image.ts'
import { xmlElement } from '#app/domain/xml.ts'
import { urls } from '#app/urls.ts'

export const sitemapKinds = ['pages', 'collections', 'products'] as const

export type SitemapKind = (typeof sitemapKinds)[number]

export type SitemapFile = { kind: SitemapKind; part: number; changedAt: Date | null }

export type SitemapEntry = {
  path: string
  changedAt: Date | null
  images: { hash: string; width: number }[]
}

/**
 * A file may have 50,000 URLs and 50 MB. With the longest handles, of which each letter takes nine bytes, and with all
 * images, 10,000 take 42 MB.
 */
export const urlsPerFile = 10_000
export const maxImages = 10

const namespace = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
const imageNamespace = 'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'

/** The index that lists the files. */
export function sitemapIndex(files: SitemapFile[], origin: string): string {
  const entries = files.map(
    ({ kind, part, changedAt }) =>
      `<sitemap>${xmlElement('loc', origin + urls.sitemapFile(kind, part))}${lastmod(changedAt)}</sitemap>\n`,
  )
  return `${declaration}<sitemapindex ${namespace}>\n${entries.join('')}</sitemapindex>\n`
}

export const sitemapHead = `${declaration}<urlset ${namespace} ${imageNamespace}>\n`

export const sitemapFoot = '</urlset>\n'

/** The element of one page. */
export function sitemapEntry({ path, changedAt, images }: SitemapEntry, origin: string): string {
  const elements = images.map(
    (image) => `<image:image>${xmlElement('image:loc', origin + imageSources(image).fallback)}</image:image>`,
  )
  return `<url>${xmlElement('loc', origin + path)}${lastmod(changedAt)}${elements.join('')}</url>\n`
}

function lastmod(at: Date | null): string {
  return at ? `<lastmod>${at.toISOString()}</lastmod>` : ''
}

/** The kind and part that a file's name stands for: "products-2.xml". */
export function parseSitemapName(name: string): { kind: SitemapKind; part: number } | null {
  const match = /^([a-z]+)-([1-9]\d{0,8})\.xml$/.exec(name)
  const kind = sitemapKinds.find((one) => one === match?.[1])
  return kind ? { kind, part: Number(match![2]) } : null
}
