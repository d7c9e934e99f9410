import { and, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { sendQueuedEmail } from '#app/domain/emails/send-email.server.ts'
import { db } from '#db/client.ts'
import { emails } from '#db/schema/index.ts'
import { createOrder, createProduct } from '#tests/support/cast.ts'
import { addNote } from './add-note.server.ts'
import { getOrder, listMessages } from './orders.server.ts'

const mailsOf = (orderId: number) =>
  db
    .select()
    .from(emails)
    .where(and(eq(emails.orderId, orderId), eq(emails.kind, 'order-message')))

test('a note stays with staff; a message goes to the customer, once each', async () => {
  const { orderId, olga: by } = await createOrder(await createProduct())
  await addNote({ orderId, note: 'Call before noon', isMessage: false, by })
  await addNote({ orderId, note: 'Your pot is glazed tomorrow', isMessage: true, by })
  await addNote({ orderId, note: 'It is ready', isMessage: true, by })
  expect((await listMessages(orderId)).map(({ text }) => text)).toEqual([
    'Your pot is glazed tomorrow',
    'It is ready',
  ])
  const queued = await mailsOf(orderId)
  for (const { id } of queued) await sendQueuedEmail(id)
  expect((await mailsOf(orderId)).map(({ text }) => text)).toEqual([
    expect.stringContaining('Your pot is glazed tomorrow'),
    expect.stringContaining('It is ready'),
  ])
  const events = (await getOrder(orderId))!.events.map(({ kind, detail }) => [kind, detail])
  expect(events).toContainEqual(['note', 'Call before noon'])
  expect(await addNote({ orderId: 0, note: 'Nobody', isMessage: true, by })).toBe(false)
})
