import type { Page } from '@playwright/test'
import { desc, eq, sql } from 'drizzle-orm'
import { addToCart } from '#app/domain/cart/cart.server.ts'
import { createFulfillment } from '#app/domain/orders/create-fulfillment.server.ts'
import { markPaid } from '#app/domain/billing/mark-paid.server.ts'
import { db } from '#db/client.ts'
import { cartLines, carts, imports, orderLines, orders, sessions } from '#db/schema/index.ts'
import { createOrder, createProduct, createShop, changePrice, signIn, setStock } from '../support/cast.ts'
import { placeCustomerOrder, signInAsNewUser } from './support/customer.ts'
import { expectReceipt, fillInCheckout, placeButton, addToCartInBrowser } from './support/shopping.ts'
import { expect, test } from './support/test.ts'

/** Opens the page and waits until the browser's event stream is open. */
async function listenAt(page: Page, address: string) {
  const opened = page.waitForResponse((response) => response.url().includes('/events?'))
  await page.goto(address)
  await opened
}

/** A single round may stall on a busy machine, an event may not: the fastest round arrives within a second. */
async function expectWithinASecond(rounds: (() => Promise<() => Promise<void>>)[]) {
  const took: number[] = []
  for (const act of rounds) {
    const arrives = await act()
    const at = performance.now()
    await arrives()
    took.push(performance.now() - at)
  }
  expect(Math.min(...took), `milliseconds: ${took.map(Math.round).join(', ')}`).toBeLessThan(1_000)
}

const cartLink = (page: Page, count: number) =>
  page.getByRole('link', { name: count === 1 ? 'Cart, 1 item' : `Cart, ${count} items`, exact: true })

/** Observes in the page whether this text, once removed, reappears for however short a moment. */
async function watchReturn(page: Page, words: string) {
  return page.evaluateHandle((text) => {
    const seen = { wasGone: false, isBack: false }
    const look = () => {
      const isThere = document.querySelector('main')!.textContent.includes(text)
      seen.isBack ||= seen.wasGone && isThere
      seen.wasGone ||= !isThere
    }
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true })
    return seen
  }, words)
}

test.describe('a cart in two tabs', () => {
  test('the other tab shows the first added item, and each change after it', async ({ shopper }) => {
    const { handle } = await createProduct({ title: 'Clay pot', stock: 50 })
    const other = await shopper.context().newPage()
    await listenAt(other, '/')
    await addToCartInBrowser(shopper, { handle })
    await expect(cartLink(other, 1)).toBeVisible()
    await shopper.goto('/cart')
    const quantity = shopper.getByRole('spinbutton', { name: 'Quantity of Clay pot' })
    await expectWithinASecond(
      [4, 5, 6].map((count) => async () => {
        await quantity.fill(String(count))
        await quantity.press('Enter')
        await expect(cartLink(shopper, count)).toBeVisible()
        return () => expect(cartLink(other, count)).toBeVisible()
      }),
    )
    await cartLink(other, 6).click()
    const drawer = other.getByRole('dialog', { name: 'Your cart' })
    await expect(drawer.getByRole('spinbutton')).toHaveValue('6')
    await shopper.getByRole('button', { name: 'Remove Clay pot' }).click()
    await expect(drawer.getByText('Your cart is empty.')).toBeVisible()
    await expect(cartLink(other, 0)).toBeAttached()
  })

  test('a late response does not bring a removed line back', async ({ shopper }) => {
    const [pot, jug] = [
      await createProduct({ title: 'Clay pot' }),
      await createProduct({ title: 'Tall jug' }),
    ]
    await addToCartInBrowser(shopper, pot)
    await addToCartInBrowser(shopper, jug)
    await listenAt(shopper, '/cart')
    // The response to the page's reload is delayed until the line is removed.
    const held: (() => Promise<void>)[] = []
    let isHolding = true
    await shopper.route('**/cart.data?_routes=*', async (route) => {
      if (!isHolding) return route.continue()
      isHolding = false
      const response = await route.fetch()
      held.push(() => route.fulfill({ response }))
    })
    await db.execute(sql`update carts set version = version + 1 where id = (select max(id) from carts)`)
    await expect.poll(() => held.length).toBe(1)
    const returned = await watchReturn(shopper, 'Tall jug')
    await shopper.getByRole('button', { name: 'Remove Tall jug' }).click()
    await expect(shopper.getByRole('heading', { name: 'Tall jug' })).toBeHidden()
    await expect(cartLink(shopper, 1)).toBeVisible()
    await held[0]!()
    // The page requests again only when it has processed that response.
    await db.execute(sql`
      with changed as (update carts set version = version + 1 where id = (select max(id) from carts) returning id)
      update cart_lines set quantity = 5 where cart_id = (select id from changed)`)
    await expect(cartLink(shopper, 5)).toBeVisible()
    expect(await returned.jsonValue()).toEqual({ wasGone: true, isBack: false })
  })

  test('rapid changes end in both tabs with the state of the shop', async ({ shopper }) => {
    const [pot, jug] = [
      await createProduct({ title: 'Clay pot', stock: 50 }),
      await createProduct({ title: 'Tall jug', stock: 50 }),
    ]
    await addToCartInBrowser(shopper, pot)
    await addToCartInBrowser(shopper, jug)
    const other = await shopper.context().newPage()
    await listenAt(other, '/cart')
    await shopper.goto('/cart')
    const returned = await watchReturn(other, 'Tall jug')
    const increase = shopper.getByRole('button', { name: 'Increase quantity of Clay pot' })
    await increase.click()
    await shopper.getByRole('button', { name: 'Remove Tall jug' }).click()
    await increase.click()
    await increase.click()
    for (const page of [shopper, other]) {
      await expect(page.getByRole('heading', { name: 'Tall jug' })).toBeHidden()
      await expect(page.getByRole('spinbutton', { name: 'Quantity of Clay pot' })).toHaveValue('4')
      await expect(cartLink(page, 4)).toBeVisible()
    }
    expect(await returned.jsonValue()).toEqual({ wasGone: true, isBack: false })
  })

  test('changes during an offline period are shown when the browser is online again', async ({ shopper }) => {
    const { handle } = await createProduct({ title: 'Clay pot' })
    await addToCartInBrowser(shopper, { handle })
    await listenAt(shopper, '/')
    await expect(cartLink(shopper, 1)).toBeVisible()
    await shopper.context().setOffline(true)
    await db.execute(sql`
      with changed as (update carts set version = version + 1 where id = (select max(id) from carts) returning id)
      update cart_lines set quantity = 5 where cart_id = (select id from changed)`)
    await shopper.context().setOffline(false)
    await expect(cartLink(shopper, 5)).toBeVisible()
  })
})

test('eight tabs share one stream, each still loads, and each receives events', async ({ shopper }) => {
  const { handle } = await createProduct({ title: 'Clay pot' })
  const context = shopper.context()
  let streams = 0
  context.on('request', (request) => {
    if (request.url().includes('/events?')) streams += 1
  })
  context.on('requestfinished', (request) => {
    if (request.url().includes('/events?')) streams -= 1
  })
  context.on('requestfailed', (request) => {
    if (request.url().includes('/events?')) streams -= 1
  })
  await addToCartInBrowser(shopper, { handle })
  const tabs = [shopper]
  for (let tab = 2; tab <= 8; tab += 1) {
    const page = await context.newPage()
    await page.goto('/')
    await expect(cartLink(page, 1)).toBeVisible()
    tabs.push(page)
  }
  await tabs
    .at(-1)!
    .waitForLoadState('networkidle')
    .catch(() => {})
  await expect.poll(() => streams).toBe(1)
  const [line] = await db
    .select({ variantId: cartLines.variantId, cartId: cartLines.cartId })
    .from(cartLines)
    .orderBy(desc(cartLines.id))
    .limit(1)
  await db.update(cartLines).set({ quantity: 4 }).where(eq(cartLines.cartId, line!.cartId))
  await db
    .update(carts)
    .set({ version: sql`version + 1` })
    .where(eq(carts.id, line!.cartId))
  for (const tab of tabs) {
    // A hidden tab reloads when it becomes visible.
    await tab.bringToFront()
    await expect(cartLink(tab, 4)).toBeVisible()
  }
})

test.describe('price and stock', () => {
  test('change in place on the product’s page, without a request', async ({ shopper }) => {
    const { olga } = await createShop()
    const { variantId, handle } = await createProduct({ title: 'Clay pot', price: 1000, stock: 40 })
    await listenAt(shopper, `/products/${handle}`)
    const asked: string[] = []
    shopper.on('request', (request) => asked.push(new URL(request.url()).pathname))
    const label = shopper.locator('.buy .stock')
    await expectWithinASecond(
      [3, 2, 1].map((left) => async () => {
        await setStock(variantId, left, olga)
        return () => expect(label).toHaveText(`Only ${left} left`)
      }),
    )
    await setStock(variantId, 0, olga)
    await expect(label).toHaveText('Sold out')
    await expect(shopper.getByRole('button', { name: 'Sold out' })).toBeDisabled()
    await setStock(variantId, 7, olga)
    await expect(label).toHaveText('In stock')
    await expect(shopper.getByRole('button', { name: 'Add to cart' })).toBeEnabled()
    await changePrice(variantId, 1234)
    await expect(shopper.locator('.buy__price')).toHaveText('€12.34')
    expect(asked.filter((path) => path !== '/events')).toEqual([])
  })

  test('change in place in a list', async ({ shopper }) => {
    const { olga } = await createShop()
    const { variantId } = await createProduct({ title: 'Listed pot', price: 1000, stock: 40 })
    await listenAt(shopper, '/collections/all')
    const card = shopper.getByRole('article').filter({ hasText: 'Listed pot' })
    await changePrice(variantId, 4321)
    await expect(card.getByText('€43.21')).toBeVisible()
    await setStock(variantId, 0, olga)
    await expect(card.getByText('Sold out')).toBeVisible()
  })
})

test('the customer sees payment and shipment as they happen', async ({ shopper }) => {
  const { olga } = await createShop()
  const { handle } = await createProduct({ title: 'Clay pot' })
  await addToCartInBrowser(shopper, { handle })
  await shopper.goto('/checkout')
  await fillInCheckout(shopper)
  await placeButton(shopper).click()
  await expectReceipt(shopper)
  await listenAt(shopper, shopper.url())
  const token = new URL(shopper.url()).pathname.split('/').pop()!
  const [order] = await db.select().from(orders).where(eq(orders.token, token))
  const [line] = await db.select().from(orderLines).where(eq(orderLines.orderId, order!.id))
  const steps = shopper.getByRole('region', { name: 'Status' })
  const paid = async () => {
    await markPaid({ orderId: order!.id, version: 1, reference: '', by: olga })
    return () => expect(steps.getByText('Paid: done')).toBeVisible()
  }
  const sent = async () => {
    const shipment = { version: 2, carrier: 'DHL', trackingNumber: '1', trackingUrl: '' }
    await createFulfillment({
      orderId: order!.id,
      ...shipment,
      lines: [{ orderLineId: line!.id, quantity: 1 }],
      by: olga,
    })
    return () => expect(steps.getByText(/^Shipped on .* with DHL/)).toBeVisible()
  }
  await expectWithinASecond([paid, sent])
})

test.describe('the admin', () => {
  test('counts new orders and leaves the rows unchanged', async ({ owner }) => {
    const { variantId } = await createProduct({ title: 'Clay pot', stock: 50 })
    const first = await createOrder({ variantId })
    await listenAt(owner, '/admin/orders')
    const rows = owner.getByRole('rowheader')
    const before = await rows.allTextContents()
    const top = await rows.first().boundingBox()
    const notice = owner.getByRole('status').filter({ hasText: 'new order' })
    await expectWithinASecond(
      ['1 new order', '2 new orders', '3 new orders'].map((words) => async () => {
        await createOrder({ variantId })
        return () => expect(notice).toContainText(`${words} `)
      }),
    )
    expect(await rows.allTextContents()).toEqual(before)
    expect(await rows.first().boundingBox()).toEqual(top)
    // A change of a visible row is shown in place.
    await markPaid({ orderId: first.orderId, version: 1, reference: '', by: first.olga })
    await expect(owner.getByRole('row').nth(1)).toContainText('Paid')
    expect(await rows.allTextContents()).toEqual(before)

    await notice.getByRole('link', { name: 'Show' }).click()
    await expect(rows).toHaveCount(before.length + 3)
    await expect(notice).toBeHidden()
  })

  test('updates the figures of the home page with orders and payments', async ({ owner }) => {
    const { variantId } = await createProduct({ title: 'Clay pot', stock: 50 })
    const first = await createOrder({ variantId })
    await listenAt(owner, '/admin')
    const toPay = owner.getByRole('link', { name: /order(s)? awaiting payment$/ })
    const count = async () => Number(/\d+/.exec(await toPay.innerText())![0])
    const before = await count()
    await expectWithinASecond([
      async () => {
        await createOrder({ variantId })
        return () => expect.poll(count, { intervals: [20] }).toBe(before + 1)
      },
      async () => {
        await markPaid({ orderId: first.orderId, version: 1, reference: '', by: first.olga })
        return () => expect.poll(count, { intervals: [20] }).toBe(before)
      },
    ])
  })

  test('shows a colleague’s changes of an order', async ({ owner }) => {
    const { variantId } = await createProduct({ title: 'Clay pot' })
    const { orderId, olga } = await createOrder({ variantId })
    await listenAt(owner, `/admin/orders/${orderId}`)
    await markPaid({ orderId, version: 1, reference: 'by hand', by: olga })
    await expect(owner.getByText('by hand').first()).toBeVisible()
  })

  test('shows who else has an order open, until they leave it', async ({ owner, openBrowser, shop }) => {
    const { orderId } = await createOrder({ variantId: (await createProduct()).variantId })
    await listenAt(owner, `/admin/orders/${orderId}`)
    const nina = await openBrowser({ baseURL: shop.origin })
    await signInAsNewUser(nina, shop.origin, { role: 'staff', permissions: ['orders'], name: 'Nina Ross' })
    await nina.goto(`/admin/orders/${orderId}`)
    const hers = owner.getByRole('status').filter({ hasText: 'Nina Ross is also viewing this order.' })
    await expect(hers).toBeVisible()
    await expect(nina.getByText('Olga Hill is also viewing this order.')).toBeVisible()
    await nina.getByRole('link', { name: 'Orders', exact: true }).first().click()
    await expect(hers).toBeHidden()
    await nina.goto(`/admin/orders/${orderId}`)
    await expect(hers).toBeVisible()
    await nina.close()
    await expect(hers).toBeHidden()
  })

  test('shows the progress of an import', async ({ owner }) => {
    const [made] = await db
      .insert(imports)
      .values({ filename: 'lamps.csv', byteSize: 1000, status: 'reading', rowsRead: 1 })
      .returning({ id: imports.id })
    await listenAt(owner, `/admin/imports/${made!.id}`)
    await expectWithinASecond(
      [1_111, 2_222, 3_333].map((rowsRead) => async () => {
        await db.update(imports).set({ rowsRead }).where(eq(imports.id, made!.id))
        return () => expect(owner.getByText(`${rowsRead.toLocaleString('en')} rows read`)).toBeVisible()
      }),
    )
    await db.delete(imports).where(eq(imports.id, made!.id))
  })

  test('signs out a tab whose session ended elsewhere', async ({ owner }) => {
    await createOrder({ variantId: (await createProduct()).variantId })
    await listenAt(owner, '/admin/orders')
    await db.delete(sessions).where(sql`id = (select max(id) from sessions where user_id is not null)`)
    await owner.waitForURL('**/login?**')
  })
})

test.describe('a user with an account', () => {
  test('sees on the second device what is added to the cart on the first', async ({ openBrowser, shop }) => {
    const { variantId } = await createProduct({ title: 'Clay pot', stock: 50 })
    const [phone, laptop] = [
      await openBrowser({ baseURL: shop.origin }),
      await openBrowser({ baseURL: shop.origin }),
    ]
    const { id, sessionId } = await signInAsNewUser(phone, shop.origin)
    await laptop
      .context()
      .addCookies([{ name: 'sid', value: await signIn(id), url: shop.origin, httpOnly: true }])
    const shopper = { sessionId, userId: id }
    await addToCart({ shopper, variantId, quantity: 1 })
    await listenAt(laptop, '/')
    await expectWithinASecond(
      [2, 3, 4].map((count) => async () => {
        await addToCart({ shopper, variantId, quantity: 1 })
        return () => expect(cartLink(laptop, count)).toBeVisible()
      }),
    )
  })

  test('sees notifications on every device, and reading on one clears them all', async ({
    openBrowser,
    shop,
  }) => {
    const { olga } = await createShop()
    const [phone, laptop] = [
      await openBrowser({ baseURL: shop.origin }),
      await openBrowser({ baseURL: shop.origin }),
    ]
    const customer = await signInAsNewUser(phone, shop.origin)
    await laptop
      .context()
      .addCookies([{ name: 'sid', value: await signIn(customer.id), url: shop.origin, httpOnly: true }])
    const receipts = []
    for (const product of [await createProduct(), await createProduct(), await createProduct()])
      receipts.push(await placeCustomerOrder(customer, product))
    const bell = (page: Page, count: number) =>
      page.getByRole('link', { name: `Notifications, ${count} unread`, exact: true })
    await listenAt(phone, '/account/notifications')
    await listenAt(laptop, '/')
    await expectWithinASecond(
      receipts.map((token, index) => async () => {
        const [order] = await db.select({ id: orders.id }).from(orders).where(eq(orders.token, token))
        await markPaid({ orderId: order!.id, version: 1, reference: '', by: olga })
        return async () => {
          await expect(bell(laptop, 4 + index)).toBeVisible()
          await expect(bell(phone, 4 + index)).toBeVisible()
        }
      }),
    )
    await expect(phone.getByText(/^Unread: 3 payments received/)).toHaveCount(1)
    await phone.getByRole('button', { name: 'Mark all as read' }).click()
    await expect(bell(laptop, 0)).toBeVisible()
    await expect(phone.getByText('Unread:')).toHaveCount(0)
  })

  test('loses access to the admin within a second of losing the role', async ({
    openBrowser,
    owner,
    shop,
  }) => {
    const nina = await openBrowser({ baseURL: shop.origin })
    await createOrder({ variantId: (await createProduct()).variantId })
    const { id } = await signInAsNewUser(nina, shop.origin, {
      role: 'staff',
      permissions: ['orders'],
      name: 'Nina Ross',
    })
    await listenAt(nina, '/admin/orders')
    await owner.goto(`/admin/staff/${id}`)
    await owner.getByRole('link', { name: 'Remove from staff…' }).click()
    const left = nina.waitForURL('**/login?**').then(() => performance.now())
    await owner.getByRole('button', { name: 'Remove from staff' }).click()
    const asked = performance.now()
    await expect(owner.getByText('Removed from staff and signed out on all devices.')).toBeVisible()
    // Measured from the click: includes the form's request and its write to the database.
    expect((await left) - asked).toBeLessThan(2_000)
  })
})
