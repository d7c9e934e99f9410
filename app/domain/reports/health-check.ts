import { formatNumber, plural } from '#app/domain/intl.ts'

/** What the store health page says about a check. */
export type HealthText = {
  /** Customers cannot buy, or are not told something. Otherwise it could only be better. */
  isUrgent?: boolean
  /** When nothing was found. */
  ok: string
  found: (count: number) => string
  why: string
  /** Where to fix it. */
  to: string
  link: string
}

/** "1 product has …", "3 products have …". */
export const several = (one: string, many: string) => (count: number) =>
  `${formatNumber(count)} ${plural(count, one, many)}`
