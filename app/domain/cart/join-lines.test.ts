import fc from 'fast-check'
import { expect, test } from 'vitest'
import { maxLines } from './cart.ts'
import { joinLines, type JoinLine } from './join-lines.ts'

const cart = (most = maxLines) =>
  fc.uniqueArray(
    fc.record({
      variantId: fc.integer({ min: 1, max: 150 }),
      quantity: fc.integer({ min: 1, max: 999 }),
      seenPrice: fc.constant(100),
      buyable: fc.constant(0),
    }),
    { maxLength: most, selector: ({ variantId }) => variantId },
  )

/** What can be bought is a fact of the variant, the same in both carts. */
const twoCarts = fc
  .tuple(cart(), cart(), fc.array(fc.integer({ min: 0, max: 999 }), { minLength: 151, maxLength: 151 }))
  .map(([mine, theirs, stock]) =>
    [mine, theirs].map((lines) => lines.map((line) => ({ ...line, buyable: stock[line.variantId]! }))),
  ) as fc.Arbitrary<[JoinLine[], JoinLine[]]>

const quantities = (lines: JoinLine[]) => new Map(lines.map((line) => [line.variantId, line.quantity]))

test('of the same variant the larger quantity stays, the rest of both is united', () => {
  const line = (variantId: number, quantity: number) => ({ variantId, quantity, seenPrice: 1, buyable: 99 })
  const { lines, joined } = joinLines([line(1, 5), line(2, 1)], [line(2, 3), line(3, 2)])
  expect(quantities(lines)).toEqual(
    new Map([
      [1, 5],
      [2, 3],
      [3, 2],
    ]),
  )
  expect(joined).toEqual({ added: 4, leftOut: 0, isMixed: true })
})

test('no more of the guest’s than there is; what is sold out stays to be told about', () => {
  const line = (variantId: number, quantity: number, buyable: number) => ({
    variantId,
    quantity,
    seenPrice: 1,
    buyable,
  })
  const { lines } = joinLines([line(1, 5, 3)], [line(1, 9, 3), line(2, 4, 2), line(3, 4, 0)])
  expect(quantities(lines)).toEqual(
    new Map([
      [1, 5],
      [2, 2],
      [3, 4],
    ]),
  )
})

test('joining the same lines again changes nothing', () => {
  fc.assert(
    fc.property(twoCarts, ([mine, theirs]) => {
      const once = joinLines(mine, theirs).lines
      const twice = joinLines(once, theirs)
      expect(twice.lines).toEqual(once)
      expect(twice.joined.added).toBe(0)
    }),
  )
})

test('the customer never has less than before, never more lines than fit, and each piece is told about', () => {
  fc.assert(
    fc.property(twoCarts, ([mine, theirs]) => {
      const { lines, joined } = joinLines(mine, theirs)
      const before = quantities(mine)
      const after = quantities(lines)
      for (const [variantId, quantity] of before)
        expect(after.get(variantId)).toBeGreaterThanOrEqual(quantity)
      expect(lines.length).toBeLessThanOrEqual(maxLines)
      const sum = (all: Map<number, number>) => [...all.values()].reduce((total, one) => total + one, 0)
      expect(joined.added).toBe(sum(after) - sum(before))
      const left = theirs.filter(({ variantId }) => !after.has(variantId))
      expect(joined.leftOut).toBe(left.reduce((total, { quantity }) => total + quantity, 0))
    }),
  )
})
