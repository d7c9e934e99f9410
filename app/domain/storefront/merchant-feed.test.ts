import { expect, test } from 'vitest'
import { type Element, parseXml, textOf } from '#tests/support/parse-xml.ts'
import { feedFoot, feedHead, feedItem, type FeedProduct, type FeedVariant } from './merchant-feed.ts'

const google = 'http://base.google.com/ns/1.0'

const store = {
  ...{ shopName: 'Hill & Co', tagline: '', origin: 'https://shop.example' },
  ...{ currency: 'EUR', currencyDigits: 2 },
}

const image = (id: number) => ({ id, hash: String(id % 10).repeat(64), width: 640 })

const product: FeedProduct = {
  ...{ id: 7, handle: 'garden-stool', title: 'Garden stool', vendor: 'Hill', type: 'Stools' },
  ...{ description: '<p>Oak &amp; ash.</p><p>For outside.</p>', optionNames: ['Color', 'Size'] },
  ...{ images: [image(1), image(2), image(3)], variantCount: 2 },
}

const variant: FeedVariant = {
  ...{ id: 21, optionValues: ['Oak', 'Low'], sku: 'ST-1', barcode: '4006381333931' },
  ...{ price: 8900, compareAtPrice: null, availability: { kind: 'in-stock' } },
  ...{ weightGrams: 4500, requiresShipping: true, imageId: 2 },
}

function itemOf(changes: { product?: Partial<FeedProduct>; variant?: Partial<FeedVariant> } = {}): Element {
  const item = feedItem({ ...product, ...changes.product }, { ...variant, ...changes.variant }, store)
  const [channel] = parseXml(feedHead(store) + item + feedFoot).children
  return channel!.children.find(({ name }) => name === 'item')!
}

test('an item has everything that Google asks for', () => {
  const item = itemOf()
  expect(
    item.children.map(({ namespace, name, text }) => [namespace === google ? `g:${name}` : name, text]),
  ).toEqual([
    ['g:id', '21'],
    ['title', 'Garden stool – Oak / Low'],
    ['description', 'Oak & ash. For outside.'],
    ['link', 'https://shop.example/products/garden-stool?variant=21'],
    ['g:image_link', `https://shop.example/media/${'2'.repeat(64)}/640.jpeg`],
    ['g:additional_image_link', `https://shop.example/media/${'1'.repeat(64)}/640.jpeg`],
    ['g:additional_image_link', `https://shop.example/media/${'3'.repeat(64)}/640.jpeg`],
    ['g:availability', 'in_stock'],
    ['g:price', '89.00 EUR'],
    ['g:condition', 'new'],
    ['g:brand', 'Hill'],
    ['g:gtin', '4006381333931'],
    ['g:mpn', 'ST-1'],
    ['g:product_type', 'Stools'],
    ['g:item_group_id', '7'],
    ['g:color', 'Oak'],
    ['g:size', 'Low'],
    ['g:shipping_weight', '4500 g'],
  ])
})

test('the channel is named after the store', () => {
  const root = parseXml(feedHead(store) + feedFoot)
  expect(root.name).toBe('rss')
  const [channel] = root.children
  expect([textOf(channel!, 'title'), textOf(channel!, 'link'), textOf(channel!, 'description')]).toEqual([
    'Hill & Co',
    'https://shop.example/',
    'Hill & Co',
  ])
})

test('a reduced variant has its compare-at price and its sale price', () => {
  const item = itemOf({ variant: { price: 7000, compareAtPrice: 8900 } })
  expect([textOf(item, 'price'), textOf(item, 'sale_price')]).toEqual(['89.00 EUR', '70.00 EUR'])
  const raised = itemOf({ variant: { price: 8900, compareAtPrice: 8900 } })
  expect([textOf(raised, 'price'), textOf(raised, 'sale_price')]).toEqual(['89.00 EUR', undefined])
})

test('availability is what the page says', () => {
  const found = (availability: FeedVariant['availability']) =>
    textOf(itemOf({ variant: { availability } }), 'availability')
  expect(found({ kind: 'low', left: 2 })).toBe('in_stock')
  expect(found({ kind: 'sold-out' })).toBe('out_of_stock')
  expect(found({ kind: 'backorder' })).toBe('backorder')
})

test('identifiers are only those that exist', () => {
  const found = (changes: Parameters<typeof itemOf>[0]) => {
    const item = itemOf(changes)
    return ['gtin', 'brand', 'mpn', 'identifier_exists'].map((name) => textOf(item, name))
  }
  expect(found({ variant: { barcode: '4006381333930' } })).toEqual([undefined, 'Hill', 'ST-1', undefined])
  expect(found({ variant: { barcode: '', sku: '' } })).toEqual([undefined, 'Hill', undefined, 'no'])
  expect(found({ product: { vendor: '' }, variant: { barcode: '' } })).toEqual([
    undefined,
    undefined,
    'ST-1',
    'no',
  ])
  expect(found({ product: { vendor: '' }, variant: { sku: '', barcode: '4006381 333931' } })).toEqual([
    '4006381333931',
    undefined,
    undefined,
    undefined,
  ])
})

test('texts and images are cut to the limits', () => {
  const long = itemOf({
    product: {
      title: '😀'.repeat(200),
      description: `<p>${'word '.repeat(2_000)}</p>`,
      images: Array.from({ length: 15 }, (_, index) => image(index + 1)),
    },
    variant: { imageId: null },
  })
  expect(Array.from(textOf(long, 'title')!)).toHaveLength(150)
  expect(textOf(long, 'description')!.length).toBeLessThanOrEqual(5_000)
  expect(long.children.filter(({ name }) => name === 'additional_image_link')).toHaveLength(10)
})

test('a product with one plain variant belongs to no group and has no attributes', () => {
  const item = itemOf({
    product: { optionNames: [], variantCount: 1, images: [], type: '', description: '' },
    variant: { optionValues: [], weightGrams: 0 },
  })
  const absent = ['item_group_id', 'color', 'size', 'shipping_weight', 'image_link', 'product_type']
  expect(absent.map((name) => textOf(item, name))).toEqual(absent.map(() => undefined))
  expect(textOf(item, 'title')).toBe('Garden stool')
  expect(textOf(item, 'description')).toBe('Garden stool')
})
