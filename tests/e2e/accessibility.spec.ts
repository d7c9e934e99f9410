import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { TOTP } from 'otpauth'
import { addAddress } from '#app/domain/accounts/addresses.server.ts'
import { password, signIn } from '../support/cast.ts'
import { type FurnishedShop, furnishShop, isSettled } from '../support/furnished-shop.ts'
import { hasOrdered, isSignedIn } from './support/customer.ts'
import { fillInCheckout, placeButton, putIntoCart } from './support/shopping.ts'
import { openShop } from './support/shop.ts'
import { expect, test } from './support/test.ts'

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

const looks = [
  { colorScheme: 'light', width: 1280, height: 900 },
  { colorScheme: 'dark', width: 1280, height: 900 },
  { colorScheme: 'light', width: 320, height: 640 },
  { colorScheme: 'dark', width: 320, height: 640 },
] as const

const anAddress = {
  ...{ name: 'Carla Gauss', company: 'Gauss & Daughters', line1: '12 Square', line2: '3rd floor' },
  ...{ postcode: 'D02 X285', city: 'Dublin', region: '', country: 'IE', phone: '01 555', isDefault: false },
}

let furnished: FurnishedShop

test.beforeAll(async ({ shop }) => {
  expect(shop.origin).toBeTruthy()
  furnished = await furnishShop()
  await expect.poll(isSettled, { timeout: 30_000 }).toBe(true)
})

/** No violation of WCAG 2.2 AA or of good practice, and nothing to scroll sideways for, in each look. */
async function expectAccessible(page: Page) {
  for (const { colorScheme, width, height } of looks) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.setViewportSize({ width, height })
    await colorsHaveSettled(page)
    const { violations } = await new AxeBuilder({ page }).withTags(rules).setLegacyMode(true).analyze()
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join('\n')}`)
    expect.soft(found, `${colorScheme}, ${width} px`).toEqual([])
    const scrollWidth = await page.evaluate(() => document.documentElement.scrollWidth)
    expect.soft(scrollWidth, `${colorScheme}, ${width} px: width of the page`).toBeLessThanOrEqual(width)
  }
}

/** The shortest transition still takes a frame, and in between the colours are of neither look. */
async function colorsHaveSettled(page: Page) {
  await page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    await Promise.allSettled(document.getAnimations().map((animation) => animation.finished))
  })
}

test.describe('the shop', () => {
  const pages: [string, () => string][] = [
    ['home', () => '/'],
    ['collections', () => '/collections'],
    ['a collection', () => '/collections/garden'],
    ['everything, filtered', () => '/collections/all?filter.v.availability=1&sort_by=price-ascending'],
    ['a product with a picture', () => `/products/${furnished.pot.handle}`],
    ['a product with versions', () => `/products/${furnished.stool.handle}`],
    ['a combination that is not made', () => `/products/${furnished.stool.handle}?option1=Ash&option2=High`],
    ['search', () => '/search?q=stool'],
    ['a search without results', () => '/search?q=zeppelin'],
    ['an empty cart', () => '/cart'],
    ['an address that leads nowhere', () => '/no/such/page'],
    ['a receipt', () => `/orders/${furnished.token}`],
    ['sign-in', () => '/login'],
    ['signing up', () => '/signup'],
    ['a forgotten password', () => '/forgot-password'],
    ['what to do after a mail', () => '/check-your-mail'],
    ['finding an order', () => '/orders'],
    ['an invitation that is dead', () => '/invitations/nothing'],
  ]
  for (const [name, path] of pages)
    test(`${name} is accessible`, async ({ shopper }) => {
      await shopper.goto(path())
      await expectAccessible(shopper)
    })

  test('a cart is accessible, in the drawer and on its page', async ({ shopper }) => {
    await putIntoCart(shopper, furnished.pot)
    await expectAccessible(shopper)
    await shopper.goto('/cart')
    await expectAccessible(shopper)
  })

  test('the checkout is accessible, also with mistakes in it', async ({ shopper }) => {
    await putIntoCart(shopper, furnished.pot)
    await shopper.goto('/checkout')
    await expectAccessible(shopper)
    await fillInCheckout(shopper)
    await shopper.getByLabel('E-mail').fill('ada')
    await placeButton(shopper).click()
    await expect(shopper.getByRole('alert')).toBeFocused()
    await expectAccessible(shopper)
  })
})

test.describe('the account', () => {
  const pages: [string, string][] = [
    ['the overview', '/account'],
    ['orders', '/account/orders'],
    ['addresses', '/account/addresses'],
    ['a new address', '/account/addresses/new'],
    ['the news', '/account/notifications'],
    ['how news are told', '/account/notifications/preferences'],
    ['the profile', '/account/profile'],
    ['the e-mail address', '/account/email'],
    ['the password', '/account/password'],
    ['security', '/account/security'],
    ['devices', '/account/devices'],
    ['the second factor', '/account/two-factor'],
    ['closing it', '/account/closure'],
  ]
  for (const [name, path] of pages)
    test(`${name} is accessible, empty and full`, async ({ shopper, someone, shop }) => {
      await isSignedIn(shopper, shop.origin, { emailVerifiedAt: null })
      await shopper.goto(path)
      await expectAccessible(shopper)
      const full = await someone({ baseURL: shop.origin })
      const customer = await isSignedIn(full, shop.origin)
      const { id } = customer
      await hasOrdered(customer, furnished.pot)
      await addAddress(id, anAddress)
      await addAddress(id, anAddress)
      await signIn(id)
      await full.goto(path)
      await expectAccessible(full)
    })

  test('setting up a second factor is accessible, and so are its codes', async ({ shopper, shop }) => {
    await isSignedIn(shopper, shop.origin)
    await shopper.goto('/account/two-factor')
    await shopper.getByLabel('Your password').fill(password)
    await shopper.getByRole('button', { name: 'Set up the second factor' }).click()
    await expect(shopper.getByRole('img', { name: /^QR code/ })).toBeVisible()
    await expectAccessible(shopper)
    const secret = (await shopper.locator('.secret').innerText()).replace(/\s/g, '')
    await shopper.getByRole('textbox', { name: 'Code' }).fill(new TOTP({ secret }).generate())
    await shopper.getByRole('button', { name: 'Switch it on' }).click()
    await expect(shopper.getByRole('heading', { level: 1, name: 'Your recovery codes' })).toBeVisible()
    await expectAccessible(shopper)
  })
})

test.describe('the admin', () => {
  const pages: [string, () => string][] = [
    ['the first page', () => '/admin'],
    ['orders', () => '/admin/orders'],
    ['an order', () => `/admin/orders/${furnished.orderId}`],
    ['fulfilling', () => `/admin/orders/${furnished.orderId}/fulfilments`],
    ['cancelling', () => `/admin/orders/${furnished.orderId}/cancellation`],
    ['products', () => '/admin/products'],
    ['a new product', () => '/admin/products/new'],
    ['a product', () => `/admin/products/${furnished.pot.productId}`],
    ['its pictures', () => `/admin/products/${furnished.pot.productId}/images`],
    ['its variants', () => `/admin/products/${furnished.pot.productId}/variants`],
    ['collections', () => '/admin/collections'],
    ['a collection', () => `/admin/collections/${furnished.collectionId}`],
    ['imports', () => '/admin/imports'],
    ['an import', () => `/admin/imports/${furnished.importId}`],
    ['problems of an import', () => `/admin/imports/${furnished.importId}?show=errors`],
    ['mails', () => '/admin/mails'],
    ['a mail', () => `/admin/mails/${furnished.mailId}`],
    ['settings', () => '/admin/settings'],
    ['notifications', () => '/admin/notifications'],
    ['staff', () => '/admin/staff'],
    ['inviting somebody', () => '/admin/staff/invitations/new'],
    ['a staff member', () => `/admin/staff/${furnished.clerkId}`],
    ['one’s own page', () => `/admin/staff/${furnished.olga}`],
    ['removing somebody from the staff', () => `/admin/staff/${furnished.clerkId}/deletion`],
    ['handing the shop over', () => `/admin/staff/${furnished.clerkId}/ownership`],
    ['customers', () => '/admin/customers'],
    ['no customers', () => '/admin/customers?q=zeppelin'],
    ['a customer', () => `/admin/customers/${furnished.customerId}`],
    ['activity', () => '/admin/activity'],
    ['no activity', () => '/admin/activity?kind=settings'],
    ['the history of a product', () => `/admin/activity?row=products/${furnished.pot.productId}`],
    ['an address that leads nowhere', () => '/admin/orders/999999'],
  ]
  for (const [name, path] of pages)
    test(`${name} is accessible`, async ({ owner }) => {
      await owner.goto(path())
      await expectAccessible(owner)
    })
})

test('a shop that nobody has claimed is accessible, and so is claiming it', async ({ someone }) => {
  const shop = await openShop()
  try {
    const page = await someone({ baseURL: shop.origin })
    await page.goto('/')
    await expectAccessible(page)
    await page.goto(shop.setupLink!)
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Set up the shop' }).click()
    await expect(page.getByRole('alert')).toBeFocused()
    await expectAccessible(page)
  } finally {
    await shop.stop()
  }
})
