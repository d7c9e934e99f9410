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

type Listed = { id: number; series: InvoiceSeries; invoiceId: number | null; total: number }

/** Whether the newest of an order's invoices is not fully credited. */
export function hasOpenInvoice(documents: Listed[]): boolean {
  const newest = documents.findLast(({ series }) => series === 'invoice')
  if (!newest) return false
  const credits = documents.filter(({ invoiceId }) => invoiceId === newest.id)
  return credits.length === 0 || credits.reduce((sum, { total }) => sum + total, newest.total) > 0
}
