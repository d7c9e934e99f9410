import type postgres from 'postgres'
import { random as seeded } from '#tests/support/random.ts'

/** Products as a merchant of that size might have them, made from a seed: the same for every run. */

const words = 60_000
const vendors = 400
const types = 95
const tags = 300
const sizes = ['XS', 'S', 'M', 'L', 'XL', '36', '37', '38', '39', '40', '41', '42']
const colors = ['Black', 'White', 'Red', 'Blue', 'Green', 'Gray', 'Sand', 'Olive', 'Navy', 'Rosé']
const batch = 10_000

/** Distinct words of two to four syllables, a few with accents. */
export function vocabulary(random = seeded(1), count = words): string[] {
  const starts = 'b br c ch cl d dr f fl g gr h j k l m n p pl pr qu r s sh sl sp st t th tr v w'.split(' ')
  const vowels = 'a a a e e e i i o o u ai ea ee oo ou é ö'.split(' ')
  const ends = ['', '', '', 'n', 'r', 'l', 's', 't', 'm', 'nd', 'ck', 'rn', 'st']
  const pick = (from: string[]) => from[Math.floor(random() * from.length)]!
  const made = new Set<string>()
  while (made.size < count) {
    const syllables = 1 + Math.ceil(random() * 2.4)
    const word = Array.from({ length: syllables }, () => pick(starts) + pick(vowels)).join('') + pick(ends)
    if (word.length >= 3) made.add(word)
  }
  return [...made]
}

/** Index by a law like Zipf's: the k-th is about k times rarer than the first. */
const zipf = (random: () => number, count: number) => Math.floor(count ** random()) - 1

const capitalized = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

/** Writes products with three variants each, a batch per transaction; triggers run as for any writer. Titles by id. */
export async function writeCatalog(sql: postgres.Sql, count: number): Promise<string[]> {
  const random = seeded(2)
  const vocabularyWords = vocabulary()
  const word = () => vocabularyWords[zipf(random, words)]!
  const titles: string[] = []
  for (let from = 0; from < count; from += batch) {
    const products = Array.from({ length: Math.min(batch, count - from) }, (_, index) => {
      const title = Array.from({ length: 2 + Math.floor(random() * 4) }, () => capitalized(word())).join(' ')
      titles.push(title)
      return {
        number: from + index,
        title,
        vendor: `Vendor ${zipf(random, vendors)}`,
        type: `Type ${zipf(random, types)}`,
        tags: Array.from({ length: 1 + Math.floor(random() * 3) }, () => `tag ${zipf(random, tags)}`),
        description: `<p>${Array.from({ length: 10 + Math.floor(random() * 10) }, word).join(' ')}</p>`,
        price: 100 + Math.floor(random() ** 3 * 50_000),
        size: Math.floor(random() * sizes.length),
        stock: [0, 1, 2].map(() => (random() < 0.25 ? 0 : Math.ceil(random() * 40))),
      }
    })
    await sql.begin(async (tx) => {
      await tx`
        with made as (
          select * from json_to_recordset(${JSON.stringify(products)}::text::json) as p (number int, title text, vendor text, type text,
            tags json, description text, price bigint, size int, stock json)
        ), written as (
          insert into products (handle, title, vendor, type, tags, description, status, published_at, option_names,
            price_min, price_max)
          select 'product-' || number, title, vendor, type, array(select json_array_elements_text(tags)), description,
            'active', now() - number * interval '1 second', '{Size,Color}', price, price + 200
          from made returning id, handle
        )
        insert into variants (product_id, position, option_values, sku, price, stock)
        select w.id, n + 1, array[(${tx.array(sizes)}::text[])[(m.size + n) % 12 + 1],
            (${tx.array(colors)}::text[])[(m.number + n * 3) % 10 + 1]],
          'SKU-' || m.number || '-' || n, m.price + n * 100, (m.stock ->> n)::int
        from written w join made m on w.handle = 'product-' || m.number, generate_series(0, 2) as n`
    })
  }
  return titles
}
