import { expect, test } from 'vitest'
import { db } from '#db/client.ts'
import { createProduct } from '#tests/support/cast.ts'
import { insertApproved } from '#tests/support/reviews.ts'
import { emptyListing } from './listing.ts'
import { listProducts } from './listing.server.ts'
import { allProducts } from './scope.server.ts'

test('the highest rated come first, of equals those with more reviews, and products without reviews last', async () => {
  const [unrated, known, best, good] = [
    await createProduct(),
    await createProduct(),
    await createProduct(),
    await createProduct(),
  ]
  await insertApproved(db, good.productId, [4])
  await insertApproved(db, best.productId, [4, 5, 5])
  await insertApproved(db, known.productId, [3, 4, 5])

  const cards = await listProducts(allProducts, { ...emptyListing, sort: 'highest-rated' })
  expect(cards!.map(({ id }) => id)).toEqual([best, known, good, unrated].map(({ productId }) => productId))
  const rated = await listProducts(allProducts, { ...emptyListing, sort: 'highest-rated', ratings: ['4'] })
  expect(rated!.map(({ id }) => id)).toEqual([best, known, good].map(({ productId }) => productId))
})
