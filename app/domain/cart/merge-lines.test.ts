import fc from 'fast-check'
import { expect, test } from 'vitest'
import { maxLines } from './cart.ts'
import { mergeLines, type MergeLine } from './merge-lines.ts'

const cart = (limit = maxLines) =>
  fc.uniqueArray(
    fc.record({
      variantId: fc.integer({ min: 1, max: 150 }),
      quantity: fc.integer({ min: 1, max: 999 }),
      priceWhenAdded: fc.constant(100),
      buyable: fc.constant(0),
    }),
    { maxLength: limit, selector: ({ variantId }) => variantId },
  )

/** The available quantity is a property of the variant, the same in both carts. */
const twoCarts = fc
  .tuple(cart(), cart(), fc.array(fc.integer({ min: 0, max: 999 }), { minLength: 151, maxLength: 151 }))
  .map(([mine, theirs, stock]) =>
    [mine, theirs].map((lines) => lines.map((line) => ({ ...line, buyable: stock[line.variantId]! }))),
  ) as fc.Arbitrary<[MergeLine[], MergeLine[]]>

const quantities = (lines: MergeLine[]) => new Map(lines.map((line) => [line.variantId, line.quantity]))

test('mergeLines keeps the larger quantity of the same variant and all other lines', () => {
  const line = (variantId: number, quantity: number) => ({
    variantId,
    quantity,
    priceWhenAdded: 1,
    buyable: 99,
  })
  const { lines, joined } = mergeLines([line(1, 5), line(2, 1)], [line(2, 3), line(3, 2)])
  expect(quantities(lines)).toEqual(
    new Map([
      [1, 5],
      [2, 3],
      [3, 2],
    ]),
  )
  expect(joined).toEqual({ added: 4, dropped: 0, didMerge: true })
})

test('guest quantities are capped at what is available; sold-out lines stay with a notice', () => {
  const line = (variantId: number, quantity: number, buyable: number) => ({
    variantId,
    quantity,
    priceWhenAdded: 1,
    buyable,
  })
  const { lines } = mergeLines([line(1, 5, 3)], [line(1, 9, 3), line(2, 4, 2), line(3, 4, 0)])
  expect(quantities(lines)).toEqual(
    new Map([
      [1, 5],
      [2, 2],
      [3, 4],
    ]),
  )
})

test('merging the same lines again changes nothing', () => {
  fc.assert(
    fc.property(twoCarts, ([mine, theirs]) => {
      const once = mergeLines(mine, theirs).lines
      const twice = mergeLines(once, theirs)
      expect(twice.lines).toEqual(once)
      expect(twice.joined.added).toBe(0)
    }),
  )
})

test('the customer’s quantities never shrink, lines stay within the limit, and every item is accounted for', () => {
  fc.assert(
    fc.property(twoCarts, ([mine, theirs]) => {
      const { lines, joined } = mergeLines(mine, theirs)
      const before = quantities(mine)
      const after = quantities(lines)
      for (const [variantId, quantity] of before)
        expect(after.get(variantId)).toBeGreaterThanOrEqual(quantity)
      expect(lines.length).toBeLessThanOrEqual(maxLines)
      const sum = (all: Map<number, number>) => [...all.values()].reduce((total, one) => total + one, 0)
      expect(joined.added).toBe(sum(after) - sum(before))
      const left = theirs.filter(({ variantId }) => !after.has(variantId))
      expect(joined.dropped).toBe(left.reduce((total, { quantity }) => total + quantity, 0))
    }),
  )
})
