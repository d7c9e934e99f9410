/** Weights are stored in whole grams; the unit is for display only. */

export const weightUnits = ['g', 'kg', 'oz', 'lb'] as const
export type WeightUnit = (typeof weightUnits)[number]

const grams: Record<WeightUnit, number> = { g: 1, kg: 1000, oz: 28.349523125, lb: 453.59237 }

export function toGrams(weight: number, unit: WeightUnit): number {
  return Math.round(weight * grams[unit])
}

/** 1500 g in kg -> "1.5"; enough digits to convert back to the same grams. */
export function fromGrams(weightGrams: number, unit: string): string {
  const isKnown = (weightUnits as readonly string[]).includes(unit)
  return String(Number((weightGrams / grams[isKnown ? (unit as WeightUnit) : 'g']).toFixed(4)))
}
