import { beforeAll, expect, test } from 'vitest'
import { markPaid } from '#app/domain/billing/mark-paid.server.ts'
import { asSuperuser } from '#tests/support/database.ts'
import { createOrder, createProduct, createShop } from '#tests/support/cast.ts'
import { createPaidOrder, refund } from '#tests/support/payments.ts'
import { invoicesPerPage, listAllInvoices, readAllInvoices } from './list-invoices.server.ts'

const all = { series: null, from: null, to: null }

beforeAll(async () => {
  const { olga: by } = await createShop()
  const { orderId } = await createPaidOrder()
  await refund({ orderId, by, extra: 100 })
  const other = await createOrder(await createProduct())
  await markPaid({ orderId: other.orderId, version: 1, reference: '', by })
  // Copies of the first invoice, of other days.
  await asSuperuser((server) =>
    server.unsafe(`do $$ begin for n in 1..60 loop
      update invoice_counters set last = last + 1 where series = 'invoice';
      insert into invoices (series, number, number_prefix, order_id, issued_on, total, currency, content)
        select 'invoice', last, number_prefix, order_id, date '2026-01-01' + n / 10, total, currency, content
        from invoices join invoice_counters using (series) where id = (select min(id) from invoices);
    end loop; end $$`),
  )
})

async function readPages(filter: typeof all): Promise<number[]> {
  const ids: number[] = []
  for (let before: number | null = null; ;) {
    const page: Awaited<ReturnType<typeof listAllInvoices>> = await listAllInvoices({ ...filter, before })
    expect(page.invoices.length).toBeLessThanOrEqual(invoicesPerPage)
    ids.push(...page.invoices.map(({ id }) => id))
    if (page.next === null) return ids
    before = page.next
  }
}

test('the pages have each invoice and credit note once, by day, newest first, and so has the file', async () => {
  const pages = await readPages(all)
  expect(pages).toHaveLength(63)
  expect(new Set(pages).size).toBe(63)
  const file = []
  for await (const rows of readAllInvoices(all)) file.push(...rows)
  expect(file.map(({ id }) => id)).toEqual(pages)
  expect(file.map(({ issuedOn }) => issuedOn)).toEqual(
    file
      .map(({ issuedOn }) => issuedOn)
      .toSorted()
      .reverse(),
  )
  expect(file[0]).toMatchObject({ customer: 'Ada Byron', orderName: expect.stringContaining('100') })
})

test('the filter has both of its days, and one kind', async () => {
  const { invoices } = await listAllInvoices({
    series: null,
    from: '2026-01-02',
    to: '2026-01-03',
    before: null,
  })
  expect(invoices.map(({ issuedOn }) => issuedOn)).toEqual([
    ...Array.from({ length: 10 }, () => '2026-01-03'),
    ...Array.from({ length: 10 }, () => '2026-01-02'),
  ])
  const credits = await listAllInvoices({ ...all, series: 'credit-note', before: null })
  expect(credits).toMatchObject({ invoices: [{ series: 'credit-note', total: -100 }], next: null })
  expect(credits.invoices[0]!.corrects).toBe('1')
})
