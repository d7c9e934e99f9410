import { readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { transaction } from '#db/client.ts'
import { products, variants } from '#db/schema/index.ts'
import { createShop } from '#tests/support/cast.ts'
import { random } from '#tests/support/random.ts'
import { listProducts } from '#app/domain/storefront/listing.server.ts'
import { emptyListing } from '#app/domain/storefront/listing.ts'
import { refreshSearchWords } from './refresh-words.server.ts'
import { searchScope, understand } from './search.server.ts'

/** Titles of three sample catalogs, with SKUs added. */
const sample = JSON.parse(readFileSync('tests/fixtures/sample-products.json', 'utf8')) as {
  title: string
  vendor: string
  type: string
  tags: string[]
  options: string[]
}[]

const skuOf = (index: number) => `KT-${4000 + index * 37}-B`

beforeAll(async () => {
  await createShop()
  await transaction(async (tx) => {
    const written = await tx
      .insert(products)
      .values(
        sample.map(({ title, vendor, type, tags }, index) => ({
          ...{ title, vendor, type, tags },
          handle: `sample-${index}`,
          status: 'active' as const,
          publishedAt: new Date(),
          optionNames: ['Option'],
          priceMin: 1000,
          priceMax: 1000,
        })),
      )
      .returning({ id: products.id })
    await tx.insert(variants).values(
      sample.flatMap(({ options }, index) =>
        (options.length > 0 ? options : ['One']).map((value, place) => ({
          productId: written[index]!.id,
          position: place + 1,
          optionValues: [value],
          sku: place === 0 ? skuOf(index) : '',
          price: 1000,
          trackStock: false,
        })),
      ),
    )
  })
  await refreshSearchWords()
})

/** Into the test's output, whether it passes or not. */
function print(result: string, missed: unknown[]) {
  const misses = missed.length > 0 ? ` ${JSON.stringify(missed)}` : ''
  process.stdout.write(`${expect.getState().currentTestName}: ${result}${misses}\n`)
}

type Query = { typed: string; title: string }

async function firstThree(query: string) {
  const cards = await listProducts(searchScope(await understand(query)), emptyListing)
  return cards!.slice(0, 3)
}

/** How many of a hundred queries find their product among the first three. */
async function score(queries: Query[]): Promise<number> {
  const missed: Query[] = []
  for (const query of queries) {
    if (!(await firstThree(query.typed)).some(({ title }) => title === query.title)) missed.push(query)
  }
  const found = (100 * (queries.length - missed.length)) / queries.length
  print(`${found.toFixed(1)} of 100 queries find their product among the first three`, missed)
  return found
}

const titles = sample.map(({ title }) => title)

test('exact queries: title, words in another order, two words, SKU and its parts', async () => {
  const queries = titles.flatMap((title, index) => {
    const words = title.split(' ')
    return [
      { typed: title, title },
      { typed: title.toUpperCase(), title },
      { typed: words.toReversed().join(' '), title },
      { typed: words.map((word) => word.replace('e', 'é')).join(' '), title },
      { typed: `the ${title}`, title },
      { typed: skuOf(index), title },
      { typed: skuOf(index).toLowerCase().replace('-b', ''), title },
      { typed: String(4000 + index * 37), title },
    ]
  })
  expect(await score(queries)).toBeGreaterThanOrEqual(99)
})

test('plural and singular of each word', async () => {
  const toggle = (word: string) => (word.endsWith('s') ? word.slice(0, -1) : `${word}s`)
  const queries = titles.flatMap((title) => {
    const words = title.split(' ')
    return words.map((word, place) => ({ typed: words.with(place, toggle(word)).join(' '), title }))
  })
  expect(await score(queries)).toBeGreaterThanOrEqual(95)
})

/** A title with one letter inserted, left out, replaced or swapped in one of its words. */
function misspell(title: string, next: () => number): string {
  const letters = 'abcdefghijklmnopqrstuvwxyz'
  const below = (count: number) => Math.floor(next() * count)
  const words = title.split(' ')
  const long = words.flatMap((word, place) => (word.length >= 4 ? [place] : []))
  const place = long[below(long.length)]!
  const word = words[place]!
  const at = below(word.length)
  const letter = letters[below(letters.length)]!
  const swapAt = Math.min(at, word.length - 2)
  const kinds = [
    () => word.slice(0, at) + letter + word.slice(at),
    () => word.slice(0, at) + word.slice(at + 1),
    () => word.slice(0, at) + letter + word.slice(at + 1),
    () => word.slice(0, swapAt) + word[swapAt + 1] + word[swapAt] + word.slice(swapAt + 2),
  ]
  return words.with(place, kinds[below(kinds.length)]!()).join(' ')
}

const misspelled = (seed: number) => {
  const next = random(seed)
  return titles.flatMap((title) => Array.from({ length: 5 }, () => ({ typed: misspell(title, next), title })))
}

test('titles with a typo', async () => {
  expect(await score(misspelled(1))).toBeGreaterThanOrEqual(95)
})

// The queries of this test must not be read when the search is changed to find more.
test('titles with other typos, which were never used to choose the rules', async () => {
  expect(await score(misspelled(20_261_127))).toBeGreaterThanOrEqual(95)
})

test('one misspelled word finds a product with that word', async () => {
  const next = random(3)
  const words = [...new Set(titles.flatMap((title) => title.split(' ')))].filter((word) => word.length >= 5)
  const missed: string[] = []
  for (const word of words) {
    const typed = misspell(word, next)
    if (!(await firstThree(typed)).some(({ title }) => title.includes(word)))
      missed.push(`${typed} for ${word}`)
  }
  print(`${words.length - missed.length} of ${words.length} words`, missed)
  expect(missed.length / words.length).toBeLessThanOrEqual(0.05)
})
