import { dateFormat } from '#app/domain/intl.ts'
import type { invoiceSeries } from '#db/schema/invoices.ts'

export type InvoiceSeries = (typeof invoiceSeries.enumValues)[number]

export const seriesLabels = {
  invoice: 'Invoice',
  'credit-note': 'Credit note',
} satisfies Record<InvoiceSeries, string>

/** "R1001": the prefix when it was issued, and the number. */
export function invoiceName(invoice: { numberPrefix: string; number: number }): string {
  return `${invoice.numberPrefix}${invoice.number}`
}

/** The ISO date of an instant in a time zone. */
export const dayIn = (timeZone: string, at: Date): string => dateFormat('en-CA', { timeZone }).format(at)
