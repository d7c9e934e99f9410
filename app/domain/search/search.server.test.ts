import { beforeAll, expect, it } from 'vitest'
import { aProduct } from '#tests/support/cast.ts'
import { normaliseQuery } from './search.ts'
import { searchProducts } from './search.server.ts'

beforeAll(async () => {
  await aProduct({ title: 'Copper lamp', sku: 'CL-100' })
  await aProduct({ title: 'Copper kettle' })
  await aProduct({ title: '100% wool scarf' })
})

const find = async (typed: string) =>
  (await searchProducts(normaliseQuery(typed), 1))!.cards.map(({ title }) => title)

it('finds every word, in any case and order, the best title first', async () => {
  expect(await find('LAMP copper')).toEqual(['Copper lamp'])
  expect(await find('copper kettle')).toEqual(['Copper kettle'])
})

it('finds a misspelt word and a SKU', async () => {
  expect(await find('coper lamp')).toEqual(['Copper lamp'])
  expect(await find('cl-100')).toEqual(['Copper lamp'])
})

it.each(['%', '_', '\\', 'z:*&!', "'; drop table products; --", '🙂', '\u0000', 'x'.repeat(500), 'the'])(
  'answers %j without a fault',
  async (typed) => expect(await find(typed)).toEqual([]),
)

it('has no second page for a short list', async () => {
  expect(await searchProducts('copper', 2)).toBeNull()
})
