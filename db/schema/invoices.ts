import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  date,
  index,
  jsonb,
  pgEnum,
  pgTable,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { createdAt, foreignId, id, money } from './columns.ts'
import { orders } from './orders.ts'
import { refunds } from './payments.ts'

export const invoiceSeries = pgEnum('invoice_series', ['invoice', 'credit-note'])

/** What is printed, in minor units; amounts of a credit note are below 0. */
export type InvoiceContent = {
  seller: { name: string; address: string; taxNumber: string }
  customer: { address: string[]; vatNumber: string }
  /** ISO dates in the shop's time zone. */
  orderedOn: string
  suppliedOn: string
  orderName: string
  /** Of a credit note: the number of the invoice it corrects, and why. */
  corrects: { invoice: string; reason: string } | null
  lines: {
    description: string
    sku: string
    quantity: number
    /** Without tax. */
    unitPrice: number
    discount: number
    net: number
    /** Thousandths of a percent. */
    rate: number
  }[]
  rates: { rate: number; net: number; tax: number }[]
  /** What the tax is called: "VAT". */
  taxLabel: string
  net: number
  tax: number
  total: number
  paid: number
  note: string
}

/** The last number of each series. An UPDATE takes the next one, so that a rolled-back transaction leaves no gap. */
export const invoiceCounters = pgTable('invoice_counters', {
  series: invoiceSeries().primaryKey(),
  last: bigint({ mode: 'number' }).notNull().default(0),
})

/** Invoices and credit notes as they were issued: rows are never changed. */
export const invoices = pgTable(
  'invoices',
  {
    id: id(),
    series: invoiceSeries().notNull(),
    number: bigint({ mode: 'number' }).notNull(),
    /** The prefix when it was issued. */
    numberPrefix: text().notNull(),
    orderId: foreignId()
      .notNull()
      .references(() => orders.id, { onDelete: 'restrict' }),
    /** Of a credit note: the invoice that it corrects, and the refund that it is for. */
    invoiceId: foreignId(),
    refundId: foreignId().references(() => refunds.id, { onDelete: 'restrict' }),
    /** The day of issue in the shop's time zone. */
    issuedOn: date().notNull(),
    /** Minor units; below 0 on a credit note. */
    total: money().notNull(),
    currency: text().notNull(),
    content: jsonb().$type<InvoiceContent>().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('invoices_number_key').on(t.series, t.number),
    index('invoices_order').on(t.orderId, t.id),
    index('invoices_newest').on(t.issuedOn.desc(), t.id.desc()),
    uniqueIndex('invoices_refund_key').on(t.refundId),
    check('invoices_credit_note', sql`(${t.series} = 'credit-note') = (${t.invoiceId} is not null)`),
  ],
)
