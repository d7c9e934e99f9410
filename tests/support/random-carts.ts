/** Random carts with promotions, shipping methods and tax rules, for property tests of totals. */
import fc from 'fast-check'
import type { Items, Offer } from '#app/domain/pricing/promotion.ts'
import type { RateTier } from '#app/domain/pricing/shipping-rates.ts'
import type { PricedLine, PricingInput } from '#app/domain/pricing/order-totals.ts'

const now = new Date('2026-06-15T12:00:00Z')
/** Few different values, so that sums meet limits and promotions take off the same. */
const price = fc.oneof(fc.constantFrom(0, 1, 333, 500, 500, 1_000), fc.integer({ min: 0, max: 10_000 }))
const taxClass = fc.constantFrom('standard', 'reduced')
const place = fc.constantFrom(
  { country: 'US', region: 'NY' },
  { country: 'US', region: '' },
  { country: 'DE', region: '' },
)
const orNull = <T>(some: fc.Arbitrary<T>) => fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, some)

const line = fc.record({
  ...{ quantity: fc.integer({ min: 1, max: 3 }), unitPrice: price, taxClass },
  ...{ requiresShipping: fc.boolean(), weight: fc.constantFrom(0, 250, 500) },
  collectionIds: fc.subarray([1, 2]),
})
const lines = fc.array(line, { minLength: 1, maxLength: 4 }).map((some): PricedLine[] =>
  some.map((one, index) => ({
    ...one,
    ...{ variantId: index + 1, productId: index + 1, title: '', variantTitle: '' },
  })),
)
const items: fc.Arbitrary<Items> = fc.oneof(
  fc.constant('all' as const),
  fc.record({ productIds: fc.subarray([1, 2]), collectionIds: fc.subarray([1, 2], { minLength: 1 }) }),
)
const setItems = fc.record({ quantity: fc.integer({ min: 1, max: 2 }), items })
const percent = fc.oneof(fc.constantFrom(5_000, 10_000), fc.integer({ min: 1, max: 10_000 }))
const benefit = fc.oneof(
  fc.record({ kind: fc.constant('percent' as const), value: percent, items }),
  fc.record({ kind: fc.constant('fixed' as const), value: fc.constantFrom(1, 500, 1_000), items }),
  fc.record({
    kind: fc.constant('free-shipping' as const),
    maxRate: orNull(fc.constantFrom(400, 490)),
    items,
  }),
  // Twice, because two of them must meet in one cart.
  ...[setItems, setItems].map((buy) =>
    fc.record({
      ...{ kind: fc.constant('buy-x-get-y' as const), buy, get: setItems, percent },
      maxSets: orNull(fc.integer({ min: 1, max: 2 })),
    }),
  ),
)
const day = (least: number, most: number) =>
  fc.integer({ min: least, max: most }).map((days) => new Date(now.getTime() + days * 86_400_000))
const offer = fc
  .record({
    ...{ benefit, isCombinable: fc.boolean(), hasCode: fc.boolean() },
    ...{ startsAt: day(-9, 1), endsAt: orNull(day(0, 1)) },
    ...{ limit: orNull(fc.integer({ min: 1, max: 2 })), uses: fc.integer({ min: 0, max: 2 }) },
    ...{ minQuantity: orNull(fc.integer({ min: 1, max: 4 })), minSubtotal: orNull(price) },
    ...{ isForAll: fc.boolean(), isFirstOrderOnly: fc.boolean() },
  })
  .map(({ benefit, hasCode, uses, limit, isForAll, ...rules }) => (id: number): Offer => ({
    code: hasCode ? `CODE${id}` : null,
    promotion: {
      ...{ ...benefit, ...rules, id, title: `P${id}` },
      ...{ limit: isForAll ? limit : null, limitPerCustomer: isForAll ? null : limit },
    },
    ...{ uses: isForAll ? uses : 0, usesByCustomer: isForAll ? 0 : uses },
    ...{ isCodeUsed: hasCode && uses === 2, hasOrdered: uses === 2 },
  }))
const offers = fc
  .array(offer, { minLength: 1, maxLength: 4 })
  .map((some) => some.map((make, index) => make(index + 1)))
const tier = { from: 0, below: 1_000, rate: 490 }
const method = fc.record({
  ...{ id: fc.constant('m'), title: fc.constant('M'), daysMin: fc.constant(1), daysMax: fc.constant(2) },
  ...{ isPickup: fc.constant(false), freeFrom: orNull(price) },
  price: fc.oneof(
    fc.record({ by: fc.constant('flat' as const), rate: fc.constantFrom(0, 400, 490) }),
    fc.record({
      by: fc.constantFrom('weight' as const, 'subtotal' as const),
      tiers: fc.constant<RateTier[]>([tier]),
    }),
  ),
})
const rate = (country: string, region: string | null) =>
  fc.record({
    country: fc.constant(country),
    region: fc.constant(region),
    taxClass,
    rate: fc.integer({ min: 0, max: 30_000 }),
  })
const rates = fc
  .tuple(rate('DE', null), rate('US', null), rate('US', 'NY'), rate('US', 'NY'))
  .map((some) =>
    some.filter(
      (one, index) =>
        some.findIndex(
          (other) =>
            other.country === one.country && other.region === one.region && other.taxClass === one.taxClass,
        ) === index,
    ),
  )
const tax = fc.record({
  ...{ isIncluded: fc.boolean(), rates, place, isReverseCharge: fc.boolean() },
  shipping: fc.constantFrom(
    { kind: 'none' as const },
    { kind: 'goods' as const },
    { kind: 'class' as const, taxClass: 'reduced' },
  ),
})
/** A cart of up to four lines, with up to four promotions. */
export const randomCart: fc.Arbitrary<PricingInput> = fc
  .record({ lines, offers, methods: fc.array(method, { maxLength: 1 }), tax })
  .map((some) => ({ ...some, now, methodId: 'm' }))
