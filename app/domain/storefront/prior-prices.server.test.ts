import { eq, inArray, sql } from 'drizzle-orm'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { refreshPriceRange } from '#app/domain/products/price-range.server.ts'
import { db, transaction } from '#db/client.ts'
import { priceHistory, settings, variants } from '#db/schema/index.ts'
import { createProductWithOptions, createShop } from '#tests/support/cast.ts'
import { listCards } from './cards.server.ts'
import { getPriorPriceForStaff } from './prior-prices.server.ts'
import { getProductPage } from './product-page.server.ts'

beforeAll(async () => {
  await createShop()
})

const showLowest = (isOn: boolean) => db.update(settings).set({ showsLowestPrice: isOn })

afterEach(() => showLowest(false))

type Step = { price: number; compareAtPrice?: number }

/** A product whose variants had these prices, a day each; the last one is of today. */
async function createHistory(...steps: Step[][]) {
  const made = await createProductWithOptions({
    title: 'Lamp',
    optionNames: ['Color'],
    versions: steps.map((each, index) => ({ values: [`Color ${index}`], price: each[0]!.price })),
  })
  await db.execute(sql`update products set published_at = '2020-01-01' where id = ${made.productId}`)
  await db.execute(sql`delete from price_history where price is not null and published_at > '2020-01-02'
    and variant_id in ${made.variantIds}`)
  for (const [index, variantId] of made.variantIds.entries())
    for (const { price, compareAtPrice = null } of steps[index]!) {
      await db
        .update(priceHistory)
        .set({ startsAt: sql`${priceHistory.startsAt} - interval '1 day'` })
        .where(inArray(priceHistory.variantId, [variantId]))
      await transaction(async (tx) => {
        await tx.update(variants).set({ price, compareAtPrice }).where(eq(variants.id, variantId))
        await refreshPriceRange(tx, [made.productId])
      })
    }
  const shown = async () => {
    const [page, [card]] = [await getProductPage(made.handle), await listCards([made.productId])]
    return { variants: page!.variants.map(pick), card: pick(card!) }
  }
  return { ...made, shown }
}

/** Compare-at and prior price; "none" where there is no such property. */
const pick = (of: { compareAtPrice: number | null; priorPrice?: number }) => [
  of.compareAtPrice,
  'priorPrice' in of ? of.priorPrice : 'none',
]

test('page and card show the prior price only when the store wants it', async () => {
  const { shown } = await createHistory(
    [{ price: 1000 }, { price: 950 }, { price: 800, compareAtPrice: 1200 }],
    [{ price: 1500 }, { price: 1400 }],
  )
  expect(await shown()).toEqual({
    variants: [
      [1200, 'none'],
      [null, 'none'],
    ],
    card: [1200, 'none'],
  })
  await showLowest(true)
  expect(await shown()).toEqual({
    variants: [
      [1200, 950],
      [null, 'none'],
    ],
    card: [1200, 950],
  })
})

test('without an earlier price there is no compare-at price', async () => {
  const { shown } = await createHistory([{ price: 800, compareAtPrice: 1200 }])
  await db.execute(sql`delete from price_history h using price_history later
    where later.variant_id = h.variant_id and later.id > h.id`)
  expect((await shown()).card).toEqual([1200, 'none'])
  await showLowest(true)
  expect(await shown()).toEqual({ variants: [[null, 'none']], card: [null, 'none'] })
})

test('a card shows one of its cheapest variants, with the lowest prior price', async () => {
  const { shown } = await createHistory(
    [{ price: 1100 }, { price: 800, compareAtPrice: 1300 }],
    [{ price: 900 }, { price: 800, compareAtPrice: 1200 }],
    [{ price: 700 }, { price: 850, compareAtPrice: 1500 }],
  )
  expect((await shown()).card).toEqual([1300, 'none'])
  await showLowest(true)
  expect((await shown()).card).toEqual([1200, 900])
})

test('staff see the prior price, or that there is none', async () => {
  const reduced = { price: 800, compareAtPrice: 1200 }
  const { variantIds } = await createHistory([{ price: 900 }, reduced], [{ price: 900 }])
  const [id, other] = variantIds as [number, number]
  expect(await getPriorPriceForStaff({ id, ...reduced })).toBeUndefined()
  await showLowest(true)
  expect(await getPriorPriceForStaff({ id, ...reduced })).toBe(900)
  expect(await getPriorPriceForStaff({ id: other, ...reduced })).toBeNull()
  expect(await getPriorPriceForStaff({ id: other, price: 900, compareAtPrice: null })).toBeUndefined()
})
