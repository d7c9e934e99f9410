import { expect, test } from 'vitest'
import { createProduct, createProductWithOptions } from '#tests/support/cast.ts'
import { countProducts, listProductsForStaff } from './list-products.server.ts'

test('products with a variant without a price, or with a free one, are a list of their own', async () => {
  await createProduct({ title: 'Priced' })
  await createProduct({ title: 'Free', price: 0 })
  await createProduct({ title: 'On request', price: null })
  await createProductWithOptions({
    title: 'Partly free',
    optionNames: ['Size'],
    versions: [{ values: ['S'], price: 0 }, { values: ['M'] }],
  })
  const asked = { sort: 'title', query: '', page: 1, lowStock: 0 } as const
  const list = await listProductsForStaff({ ...asked, filter: 'no-price' })
  expect(list.products.map(({ title }) => title)).toEqual(['Free', 'On request', 'Partly free'])
  expect((await countProducts(0))['no-price']).toBe(list.total)
})

test('the list names the variant of a product that has only one', async () => {
  const { variantId } = await createProduct({ title: 'Bowl' })
  const versions = [{ values: ['S'] }, { values: ['M'] }]
  await createProductWithOptions({ title: 'Bowl with sizes', optionNames: ['Size'], versions })
  const asked = { sort: 'title', query: 'bowl', page: 1, lowStock: 0, filter: 'all' } as const
  const { products } = await listProductsForStaff(asked)
  expect(products.map(({ onlyVariantId }) => onlyVariantId)).toEqual([variantId, null])
})
