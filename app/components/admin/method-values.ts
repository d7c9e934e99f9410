import { type Currency, toDecimal } from '#app/domain/money.ts'
import { fromGrams } from '#app/domain/weight.ts'
import type { shippingMethods } from '#db/schema/shipping.ts'
import type { MethodValues } from './method-form.tsx'

/** A new method: a flat rate. */
export const newMethodValues: MethodValues = {
  ...{ title: '', isPickup: '', priceBy: 'flat', rate: '', weightUnit: 'kg', tiers: [] },
  ...{ freeFrom: '', daysMin: '2', daysMax: '4' },
}

/** A stored method as the values of its form. Weights are shown in kilograms. */
export function methodValues(
  method: Omit<typeof shippingMethods.$inferSelect, 'createdAt' | 'updatedAt'>,
  currency: Currency,
): MethodValues {
  const amount = (minor: number) => toDecimal(minor, currency)
  const bound = (value: number) => (method.priceBy === 'weight' ? fromGrams(value, 'kg') : amount(value))
  return {
    title: method.title,
    isPickup: method.isPickup ? 'on' : '',
    priceBy: method.priceBy,
    rate: method.priceBy === 'flat' ? amount(method.rate) : '',
    weightUnit: 'kg',
    tiers: method.tiers.map(({ from, below, rate }) => ({
      from: bound(from),
      below: below === null ? '' : bound(below),
      rate: amount(rate),
    })),
    freeFrom: method.freeFrom === null ? '' : amount(method.freeFrom),
    daysMin: String(method.daysMin),
    daysMax: String(method.daysMax),
  }
}
