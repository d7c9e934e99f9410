import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { markPaid } from '#app/domain/billing/mark-paid.server.ts'
import { createPage } from '#app/domain/pages/edit-pages.server.ts'
import { newPageSchema } from '#app/domain/pages/page.schema.ts'
import type { PolicyHandle } from '#app/domain/pages/pages.ts'
import { createFulfillment } from '#app/domain/orders/create-fulfillment.server.ts'
import { db } from '#db/client.ts'
import { invoices, orderLines, orders, settings } from '#db/schema/index.ts'
import { createOrder, createProduct, createShop } from '#tests/support/cast.ts'
import { payByCard } from '#tests/support/payments.ts'
import { getEmailText } from '#tests/support/sent-emails.ts'

test('the text of a confirmation has aligned amounts, bank details on lines and the name of the country', async () => {
  await createShop()
  await db.update(settings).set({ bankDetails: 'Hill & Co\nIBAN DE02 1203 0000 0000 2020 51\nDKB' })
  const { orderId } = await createOrder(await createProduct({ title: 'Gold', price: 13_998 }))
  const text = await getEmailText({ kind: 'order-confirmed', orderId })
  expect(text).toContain('\nHill & Co\nIBAN DE02 1203 0000 0000 2020 51\nDKB\n')
  expect(text).toMatch(/\nIreland\n/)
  const amounts = text.split('\n').filter((line) => /^(1 × Gold|.*shipping|Total) /i.test(line))
  expect(amounts.length).toBeGreaterThanOrEqual(2)
  expect(new Set(amounts.map((line) => line.length)).size).toBe(1)
})

test('the text of a shipping confirmation lists the items and the tracking', async () => {
  const { olga } = await createShop()
  const { orderId } = await createOrder(await createProduct({ title: 'Clay pot' }))
  const [line] = await db.select().from(orderLines).where(eq(orderLines.orderId, orderId))
  await createFulfillment({
    ...{ orderId, version: 1, lines: [{ orderLineId: line!.id, quantity: 1 }], by: olga },
    ...{ carrier: 'DHL', trackingNumber: '0034', trackingUrl: 'https://track.example/0034' },
  })
  const text = await getEmailText({ kind: 'order-fulfilled', orderId })
  expect(text).toContain(
    '1 × Clay pot\nTracking: DHL 0034\n\nTrack your shipment:\nhttps://track.example/0034\n',
  )
})

test('the emails of a paid order link to the page of its invoice; before, there is none', async () => {
  const { orderId, olga } = await createOrder(await createProduct())
  expect(await getEmailText({ kind: 'order-confirmed', orderId })).not.toContain('/invoices/')
  await markPaid({ orderId, version: 1, reference: '', by: olga })
  const [invoice] = await db.select().from(invoices).where(eq(invoices.orderId, orderId))
  const [order] = await db.select().from(orders).where(eq(orders.id, orderId))
  expect(await getEmailText({ kind: 'order-paid', orderId })).toContain(
    `View invoice ${invoice!.number}:\nhttp://localhost:3000/orders/${order!.token}/invoices/${invoice!.id}\n`,
  )
})

test('an email asks to transfer what is left, and without bank details to ask for them', async () => {
  await createShop()
  await db.update(settings).set({ bankDetails: '' })
  const { orderId } = await createOrder(await createProduct({ price: 999 }))
  await payByCard(orderId, 100)
  expect((await getEmailText({ kind: 'order-confirmed', orderId })).replace(/\s+/g, ' ')).toMatch(
    /Please transfer €13\.89 with the reference #\d+\. Ask us for our bank details\./,
  )
})

test('every email ends with the published policies', async () => {
  const { olga } = await createShop()
  const write = (title: string, policy: PolicyHandle, isPublished: string | undefined) =>
    createPage({
      facts: newPageSchema.parse({ title, body: 'Text', ...(isPublished && { isPublished }) }),
      policy,
      by: olga,
    })
  await write('Terms & conditions', 'terms-of-service', 'on')
  await write('Returns', 'refund-policy', 'on')
  await write('Privacy', 'privacy-policy', undefined)
  const { orderId } = await createOrder(await createProduct())
  const text = await getEmailText({ kind: 'order-confirmed', orderId })
  expect(text).toMatch(
    /Questions\? Write to .*\n\nReturns:\nhttp:\/\/localhost:3000\/policies\/refund-policy\nTerms & conditions:\nhttp:\/\/localhost:3000\/policies\/terms-of-service\n$/,
  )
  expect(text).not.toContain('Privacy')
})
