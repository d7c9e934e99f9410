/** Tax rates are stored in thousandths of a percent. */

/** A percentage as typed ("19", "8,875") in thousandths; null when it is none from 0 to 100. */
export function parseRate(typed: string): number | null {
  const match = /^(\d{1,3})(?:[.,](\d{1,3}))?$/.exec(typed.replace(/\s*%$/, ''))
  if (!match) return null
  const rate = Number(match[1]! + (match[2] ?? '').padEnd(3, '0'))
  return rate <= 100_000 ? rate : null
}

/** A rate for a form field: 8875 is "8.875". */
export const toPercent = (rate: number): string => String(rate / 1000)

/** A rate for display: "8.875%". */
export const formatRate = (rate: number): string => `${toPercent(rate)}%`

/** The tax class of products without one of their own; no row of the table. */
export const standardClass = 'Standard'
