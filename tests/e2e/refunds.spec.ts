import { createOrder, createProduct } from '../support/cast.ts'
import { createPaidOrder, readOrder, ship } from '../support/payments.ts'
import { expect, test } from './support/test.ts'

test('staff refund a unit and an amount; the button shows the amount', async ({ owner, script }) => {
  const { orderId } = await createPaidOrder()
  await owner.goto(`/admin/orders/${orderId}`)
  await owner.getByRole('link', { name: 'Refund', exact: true }).click()
  await owner.getByLabel('Quantity of Clay pot').fill('1')
  await owner.getByLabel('Other amount').fill('2.01')
  if (script === 'on') await expect(owner.getByRole('button', { name: 'Refund €12.00' })).toBeVisible()
  // Without script the amount is not known before the server was asked.
  else await owner.getByRole('button', { name: 'Update' }).click()
  await owner.getByLabel('Shipping').fill('99')
  await owner.getByRole('button', { name: /^Refund €/ }).click()
  await expect(owner.getByRole('alert')).toContainText('more than what is left')
  await owner.getByLabel('Shipping').fill('')
  if (script !== 'on') {
    await owner.getByRole('button', { name: /^Refund €/ }).click()
    await expect(owner.getByRole('alert')).toContainText('The refund is €12.00')
  }
  await owner.getByRole('button', { name: 'Refund €12.00' }).click()
  await expect(owner.getByText('€12.00 refunded.')).toBeVisible()
  await expect(owner.getByText('Partially refunded').first()).toBeVisible()
  const { order } = await readOrder(orderId)
  await owner.goto(`/orders/${order.token}`)
  await expect(owner.getByRole('region', { name: 'Refunds' })).toContainText('€12.00')
})

test('a customer asks for a return, and staff approve, receive and refund it', async ({ owner, shopper }) => {
  const { orderId, olga } = await createPaidOrder()
  await ship({ orderId, by: olga, quantity: 2 })
  const { order } = await readOrder(orderId)
  await shopper.goto(`/orders/${order.token}`)
  await shopper.getByRole('link', { name: 'Return items' }).click()
  await shopper.getByRole('button', { name: 'Request return' }).click()
  await expect(shopper.getByRole('alert')).toContainText('Tell us why')
  await shopper.getByLabel('Clay pot').fill('1')
  await shopper.getByLabel('Reason').fill('It is too small')
  await shopper.getByRole('button', { name: 'Request return' }).click()
  await expect(shopper.getByText('Return requested')).toBeVisible()

  await owner.goto('/admin/orders?show=returns')
  await owner.locator(`main a[href="/admin/orders/${orderId}"]`).first().click()
  await expect(owner.getByText('It is too small').first()).toBeVisible()
  await owner.getByRole('link', { name: 'Approve or decline' }).click()
  await owner.getByLabel('Message to the customer').fill('Send it to 1 Hill')
  await owner.getByRole('button', { name: 'Approve return' }).click()
  await expect(owner.getByText('Return approved.')).toBeVisible()
  await shopper.goto(`/orders/${order.token}`)
  await expect(shopper.getByText('Please send the items back to us.')).toBeVisible()
  await expect(shopper.getByText('Send it to 1 Hill')).toBeVisible()
  await owner.getByRole('link', { name: 'Mark as received' }).click()
  await owner.getByRole('button', { name: 'Mark as received' }).click()
  await owner
    .getByRole('region', { name: 'Return', exact: true })
    .getByRole('link', { name: 'Refund' })
    .click()
  await owner.getByRole('button', { name: 'Refund €9.99' }).click()
  await expect(owner.getByText('Return refunded')).toBeVisible()
})

test('a customer cancels an unpaid order', async ({ shopper }) => {
  const { orderId } = await createOrder(await createProduct())
  const { order } = await readOrder(orderId)
  await shopper.goto(`/orders/${order.token}`)
  await shopper.getByRole('link', { name: 'Cancel order' }).click()
  await shopper.getByRole('button', { name: 'Cancel order' }).click()
  await expect(shopper.getByRole('heading', { name: 'This order was canceled' })).toBeVisible()
})
