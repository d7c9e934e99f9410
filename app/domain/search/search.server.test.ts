import { expect, test } from 'vitest'
import { createProduct, createShop } from '#tests/support/cast.ts'
import { searchProducts } from './search.server.ts'

test('results are sorted by relevance, or as the shopper chooses', async () => {
  await createShop()
  await createProduct({ title: 'Lantern', price: 900 })
  await createProduct({ title: 'Garden lantern', price: 2500 })
  await createProduct({ title: 'Another lantern', price: 100 })
  const titles = async (sort?: Parameters<typeof searchProducts>[2]) =>
    (await searchProducts('lantern', 1, sort))!.cards.map(({ title }) => title)
  expect((await titles())[0]).toBe('Lantern')
  expect(await titles('price-ascending')).toEqual(['Another lantern', 'Lantern', 'Garden lantern'])
  expect(await titles('price-descending')).toEqual(['Garden lantern', 'Lantern', 'Another lantern'])
  expect(await titles('title-ascending')).toEqual(['Another lantern', 'Garden lantern', 'Lantern'])
})
