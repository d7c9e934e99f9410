/** The parts of a search report, and how it can be sorted. */

/** Days of a report, the current one included. */
export const searchPeriods = ['30', '7', '90'] as const

export const searchLists = ['all', 'no-results', 'no-clicks'] as const

export type SearchList = (typeof searchLists)[number]

export const searchListLabels = {
  all: 'Top searches',
  'no-results': 'Without results',
  'no-clicks': 'Without clicks',
} satisfies Record<SearchList, string>

export const searchSorts = ['searches', 'results', 'clicks', 'orders', 'revenue'] as const

export type SearchSort = (typeof searchSorts)[number]

/** Sales are null for staff who cannot see orders. */
export type SearchSales = {
  orders: number
  units: number
  /** Minor units: the totals of the order lines. */
  revenue: number
}

export type SearchedTerm = {
  query: string
  searches: number
  /** Products that the last search found; null when it was only chosen from suggestions. */
  results: number | null
  clicks: number
  sales: SearchSales | null
}

/** Clicks per search as a percentage; "–" without searches. */
export function clickRate({ searches, clicks }: Pick<SearchedTerm, 'searches' | 'clicks'>): string {
  return searches === 0 ? '–' : `${Math.round((clicks / searches) * 100)}%`
}
