import { expect, test } from 'vitest'
import { createOrder, createProduct } from '#tests/support/cast.ts'
import { createProductImage } from '#tests/support/images.ts'
import { addNote } from './add-note.server.ts'
import { getOrder, getOrderByToken } from './orders.server.ts'

test('what the customer’s page gets has no rules of pricing and nothing of the checkout', async () => {
  const { orderId } = await createOrder(await createProduct())
  const { token } = (await getOrder(orderId))!.order
  const { order } = (await getOrderByToken(token))!
  for (const name of ['pricingTerms', 'contentHash', 'checkoutKey', 'sessionId'])
    expect(order).not.toHaveProperty(name)
})

test('the page of an order reads messages once there is one; a note of staff is none', async () => {
  const { orderId, olga: by } = await createOrder(await createProduct())
  const { token } = (await getOrder(orderId))!.order
  const note = (isMessage: boolean) => addNote({ orderId, note: 'It is ready', isMessage, by })
  expect(await getOrderByToken(token)).toMatchObject({ hasMessages: false, hasInvoices: false })
  await note(false)
  expect(await getOrderByToken(token)).toMatchObject({ hasMessages: false })
  await note(true)
  expect(await getOrderByToken(token)).toMatchObject({ hasMessages: true })
})

test('a line of an order shows the first image of its product that is ready, else none', async () => {
  const { productId, variantId } = await createProduct()
  const { orderId } = await createOrder({ variantId })
  const images = async () => (await getOrder(orderId))!.lines.map(({ image }) => image)
  expect(await images()).toEqual([null])
  await createProductImage(productId, 1, 'pending')
  expect(await images()).toEqual([null])
  await createProductImage(productId, 2)
  await createProductImage(productId, 3)
  expect(await images()).toEqual([expect.objectContaining({ hash: '2'.repeat(64), width: 640, height: 480 })])
})
