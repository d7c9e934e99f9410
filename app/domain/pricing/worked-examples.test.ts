import { expect, test } from 'vitest'
import type { Items, Offer, Promotion } from './promotion.ts'
import { findZone, type ShippingMethod, type ShippingZone } from './shipping-rates.ts'
import { isReverseCharge } from './tax.ts'
import { calculateOrderTotals, type PricingInput, type OrderTotals } from './order-totals.ts'
import examples from './worked-examples.json' with { type: 'json' }

type ExampleItems = 'all' | { products?: string[]; collections?: string[] }
type ExamplePromotion = {
  name: string
  kind: string
  code?: string
  value?: number
  items?: ExampleItems
  combinable?: boolean
  minSubtotal?: number
  maxRate?: number
  perCustomer?: number
  ends?: string
  buy?: { quantity: number; items: ExampleItems }
  get?: { quantity: number; items: ExampleItems; percent?: number }
}
type ExampleMethod = {
  name: string
  rate?: number
  freeFrom?: number
  byWeight?: { from?: number; below?: number; rate: number }[]
}
type Shop = {
  taxIncluded: boolean
  address: { country: string; region?: string }
  shippingTax: string
  reverseCharge?: boolean
  taxes: { place: string; class?: string; rate: number }[]
  zones: { name: string; countries?: string[]; methods: ExampleMethod[] }[]
}
type Example = {
  id: string
  title: string
  shop: string
  products: Record<
    string,
    { price: number; class?: string; collections?: string[]; weight?: number; ships?: boolean }
  >
  cart: [string, number][]
  change?: Partial<Shop>
  promotions?: ExamplePromotion[]
  codes?: string[]
  method?: string
  address?: { country: string; region?: string }
  vatNumber?: string
  history?: { redeemed: string[] }[]
  expected: Record<string, unknown> & { refunds?: unknown; edited?: unknown }
}

const cases = examples.cases as unknown as Example[]
const shops = examples.shops as unknown as Record<string, Shop>
const now = new Date('2026-06-15T12:00:00Z')

test.each(cases)('$id: $title', (example) => {
  const { refunds: _, edited: __, ...expected } = example.expected
  expect(summarize(calculateOrderTotals(toInput(example)), example)).toEqual(expected)
})

function toInput(example: Example): PricingInput {
  const shop = { ...shops[example.shop]!, ...example.change }
  const to = { region: '', ...(example.address ?? shop.address) }
  const products = Object.entries(example.products)
  const collections = [...new Set(products.flatMap(([, product]) => product.collections ?? []))]
  const toItems = (items: ExampleItems = 'all'): Items =>
    items === 'all'
      ? 'all'
      : {
          productIds: (items.products ?? []).map((name) => idOf(example, name)),
          collectionIds: (items.collections ?? []).map((name) => collections.indexOf(name) + 1),
        }
  const zone = findZone(shop.zones.map(toZone), to)
  return {
    lines: example.cart.map(([name, quantity]) => {
      const product = example.products[name]!
      return {
        ...{ variantId: idOf(example, name), productId: idOf(example, name), title: name, variantTitle: '' },
        ...{ quantity, unitPrice: product.price, requiresShipping: product.ships ?? true },
        ...{ weight: product.weight ?? 0, taxClass: product.class ?? 'standard' },
        collectionIds: (product.collections ?? []).map((title) => collections.indexOf(title) + 1),
      }
    }),
    offers: (example.promotions ?? []).map((promotion, index) =>
      toOffer(promotion, index + 1, example, toItems),
    ),
    now,
    methods: zone?.methods ?? [],
    methodId: example.method ?? zone?.methods[0]?.id ?? null,
    tax: {
      isIncluded: shop.taxIncluded,
      rates: shop.taxes.map(({ place, class: taxClass = 'standard', rate }) => {
        const [country, region = null] = place.split('-')
        return { country: country!, region, taxClass, rate }
      }),
      shipping:
        shop.shippingTax === 'none' || shop.shippingTax === 'goods'
          ? { kind: shop.shippingTax }
          : { kind: 'class', taxClass: shop.shippingTax },
      place: to,
      isReverseCharge:
        shop.reverseCharge === true &&
        isReverseCharge({ from: shop.address.country, to: to.country, vatNumber: example.vatNumber ?? '' }),
    },
  }
}

function toOffer(
  example: ExamplePromotion,
  id: number,
  { history = [], codes = [] }: Example,
  toItems: (items?: ExampleItems) => Items,
): Offer {
  const { kind, value = 0, items, buy, get } = example
  const benefit =
    kind === 'bxgy'
      ? {
          kind: 'buy-x-get-y' as const,
          buy: { quantity: buy!.quantity, items: toItems(buy!.items) },
          get: { quantity: get!.quantity, items: toItems(get!.items) },
          percent: get!.percent ?? 10_000,
          maxSets: null,
        }
      : kind === 'shipping'
        ? { kind: 'free-shipping' as const, maxRate: example.maxRate ?? null, items: toItems(items) }
        : { kind: kind as 'percent' | 'fixed', value, items: toItems(items) }
  const promotion: Promotion = {
    ...benefit,
    ...{ id, title: example.name, isCombinable: example.combinable ?? true },
    ...{ startsAt: new Date('2026-01-01'), endsAt: example.ends ? new Date(example.ends) : null },
    ...{ limit: null, limitPerCustomer: example.perCustomer ?? null, isFirstOrderOnly: false },
    ...{ minQuantity: null, minSubtotal: example.minSubtotal ?? null },
  }
  const code =
    codes.map((typed) => typed.trim().toUpperCase()).find((typed) => typed === example.code) ?? null
  const usesByCustomer = history.filter(({ redeemed }) => redeemed.includes(example.name)).length
  return { code, promotion, uses: 0, usesByCustomer, isCodeUsed: false, hasOrdered: false }
}

function toZone({ name, countries = [], methods }: Shop['zones'][number], index: number): ShippingZone {
  return {
    ...{ id: index + 1, title: name, places: countries.map((country) => ({ country, region: null })) },
    methods: methods.map(toMethod),
  }
}

function toMethod({ name, rate, freeFrom, byWeight }: ExampleMethod): ShippingMethod {
  return {
    ...{ id: name, title: name, daysMin: 1, daysMax: 2, isPickup: false, freeFrom: freeFrom ?? null },
    price: byWeight
      ? { by: 'weight', tiers: byWeight.map((tier) => ({ from: 0, below: null, ...tier })) }
      : { by: 'flat', rate: rate! },
  }
}

function idOf(example: Example, name: string): number {
  return Object.keys(example.products).indexOf(name) + 1
}

/** The totals with the names of the example. */
function summarize(totals: OrderTotals, example: Example) {
  const names = Object.keys(example.products)
  const { subtotal, discountTotal, shippingDiscount, shippingTax, taxes, taxTotal, taxAdded, total } = totals
  return {
    lines: totals.lines.map(({ variantId, subtotal, discount, total, tax }) => {
      const name = names[variantId - 1]!
      return { name, quantity: new Map(example.cart).get(name), subtotal, discount, total, tax }
    }),
    subtotal,
    promotions: totals.promotions.map(({ offer, amount }) => ({ name: offer.promotion.title, amount })),
    ...{ discountTotal, methods: totals.methods.map(({ method, rate }) => [method.title, rate]) },
    ...{ shipping: totals.shippingTotal, shippingDiscount, shippingTax, taxes, taxTotal, taxAdded, total },
    notApplied: Object.fromEntries(
      totals.refused
        .filter(({ offer }) => offer.code !== null)
        .map(({ offer, ...refusal }) => [offer.promotion.title, refusal]),
    ),
  }
}
