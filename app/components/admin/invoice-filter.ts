import type { InvoiceSeries } from '#app/domain/invoices/invoices.ts'

/** The filter of the list of invoices, from the query; what is no kind or no day does not count. */
export function invoiceFilterOf(params: URLSearchParams) {
  const kind = params.get('kind')
  const series: InvoiceSeries | null = kind === 'invoice' || kind === 'credit-note' ? kind : null
  return { series, from: dayOf(params.get('from')), to: dayOf(params.get('to')) }
}

function dayOf(typed: string | null): string | null {
  if (!typed || !/^[1-9]\d{3}-\d\d-\d\d$/.test(typed)) return null
  const at = new Date(`${typed}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(typed) ? typed : null
}
