import { expect, test } from 'vitest'
import { type Element, parseXml, textOf } from '#tests/support/parse-xml.ts'
import {
  maxImages,
  parseSitemapName,
  sitemapEntry,
  type SitemapEntry,
  sitemapFoot,
  sitemapHead,
  sitemapIndex,
  urlsPerFile,
} from './sitemap.ts'

const origin = 'https://shop.example'
const sitemaps = 'http://www.sitemaps.org/schemas/sitemap/0.9'
const images = 'http://www.google.com/schemas/sitemap-image/1.1'
const changedAt = new Date('2026-11-01T10:20:30.456Z')

const hash = 'a'.repeat(64)

const toFile = (...entries: SitemapEntry[]) =>
  sitemapHead + entries.map((entry) => sitemapEntry(entry, origin)).join('') + sitemapFoot

const fullName = ({ namespace, name }: Element) => `${namespace} ${name}`

test('a file has the elements, namespaces and order of the protocol', () => {
  const path = '/products/pot'
  const root = parseXml(toFile({ path, changedAt, images: [{ hash, width: 700 }] }))
  expect(fullName(root)).toBe(`${sitemaps} urlset`)
  expect(root.children.map(fullName)).toEqual([`${sitemaps} url`])
  const url = root.children[0]!
  expect(url.children.map(fullName)).toEqual([`${sitemaps} loc`, `${sitemaps} lastmod`, `${images} image`])
  expect(textOf(url, 'loc')).toBe('https://shop.example/products/pot')
  expect(textOf(url, 'lastmod')).toBe('2026-11-01T10:20:30.456Z')
  const image = url.children[2]!
  expect(image.children.map(fullName)).toEqual([`${images} loc`])
  expect(textOf(image, 'loc')).toBe(`https://shop.example/media/${hash}/700.jpeg`)
})

test('a page without a time or images has only its address, escaped', () => {
  const root = parseXml(toFile({ path: `/products/a&b'c"d`, changedAt: null, images: [] }))
  expect(root.children[0]!.children).toHaveLength(1)
  expect(textOf(root.children[0]!, 'loc')).toBe(`https://shop.example/products/a&b'c"d`)
})

test('the index names its files', () => {
  const root = parseXml(
    sitemapIndex(
      [
        { kind: 'pages', part: 1, changedAt: null },
        { kind: 'products', part: 12, changedAt },
      ],
      origin,
    ),
  )
  expect(fullName(root)).toBe(`${sitemaps} sitemapindex`)
  expect(root.children.map((file) => [fullName(file), textOf(file, 'loc'), textOf(file, 'lastmod')])).toEqual(
    [
      [`${sitemaps} sitemap`, 'https://shop.example/sitemaps/pages-1.xml', undefined],
      [`${sitemaps} sitemap`, 'https://shop.example/sitemaps/products-12.xml', '2026-11-01T10:20:30.456Z'],
    ],
  )
})

test('the largest file that the shop can have is within the limits of the protocol', () => {
  const path = `/products/${encodeURIComponent('商'.repeat(255))}`
  const entry = { path, changedAt, images: Array.from({ length: maxImages }, () => ({ hash, width: 1920 })) }
  const longOrigin = `https://${'a'.repeat(60)}.example`
  const bytes = Buffer.byteLength(sitemapEntry(entry, longOrigin)) * urlsPerFile
  expect(urlsPerFile).toBeLessThanOrEqual(50_000)
  expect(bytes).toBeLessThan(50 * 1024 * 1024)
})

test('only names of files are read', () => {
  expect(parseSitemapName('products-12.xml')).toEqual({ kind: 'products', part: 12 })
  for (const name of [
    'products.xml',
    'products-0.xml',
    'products-01.xml',
    'orders-1.xml',
    'products-1.xml.gz',
  ])
    expect(parseSitemapName(name), name).toBeNull()
})
