import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'
import type { AxeResults, RunOptions } from 'axe-core'
import { TOTP } from 'otpauth'
import { addAddress } from '#app/domain/accounts/addresses.server.ts'
import { listInvoices } from '#app/domain/invoices/invoices.server.ts'
import { signLink } from '#app/domain/mail/signed-links.server.ts'
import { refreshSearchWords } from '#app/domain/search/refresh-words.server.ts'
import { urls } from '#app/urls.ts'
import { db } from '#db/client.ts'
import { reviewRequests } from '#db/schema/index.ts'
import { password, signIn } from '../support/cast.ts'
import { createPaidOrder, createReturnedOrder, refund, ship } from '../support/payments.ts'
import { type SeededShop, seedShop, isSettled } from '../support/seeded-shop.ts'
import { createDeliveredOrder, writeReview } from '../support/reviews.ts'
import { createClassWithRate, createZoneWithMethod } from '../support/zones-and-taxes.ts'
import { placeCustomerOrder, signInAsNewUser } from './support/customer.ts'
import { fillInCheckout, placeButton, addToCartInBrowser } from './support/shopping.ts'
import { openShop } from './support/shop.ts'
import { expect, test } from './support/test.ts'
import { watch } from './support/watch.ts'

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Only these rules depend on the color scheme or the width; all others are checked in two looks instead of four. */
const visualRules = ['color-contrast', 'target-size']

const looks = [
  { colorScheme: 'light', width: 1280, height: 900, isComplete: true },
  { colorScheme: 'dark', width: 1280, height: 900, isComplete: false },
  { colorScheme: 'light', width: 320, height: 640, isComplete: false },
  { colorScheme: 'dark', width: 320, height: 640, isComplete: true },
] as const

const createAddress = {
  ...{ name: 'Carla Gauss', company: 'Gauss & Daughters', line1: '12 Square', line2: '3rd floor' },
  ...{
    postcode: 'D02 X285',
    city: 'Dublin',
    region: '',
    country: 'IE',
    phone: '01 555 1234',
    isDefault: false,
  },
}

let seeded: SeededShop
let zone: Awaited<ReturnType<typeof createZoneWithMethod>>
let life: Awaited<ReturnType<typeof createOrderLives>>
let orderReviews: string
let tax: Awaited<ReturnType<typeof createClassWithRate>>

test.beforeAll(async ({ openShopOf }, testInfo) => {
  await openShopOf(testInfo)
  seeded = await seedShop()
  await expect.poll(isSettled, { timeout: 30_000 }).toBe(true)
  life = await createOrderLives()
  zone = await createZoneWithMethod()
  tax = await createClassWithRate()
  orderReviews = urls.orderReviews(signLink('review order', await createReviewRequest()))
})

/** A request for reviews of a delivered order. */
async function createReviewRequest(): Promise<number> {
  const { orderId } = await createDeliveredOrder(seeded.pot)
  const [request] = await db
    .insert(reviewRequests)
    .values({ orderId, email: 'ada@example.com' })
    .returning({ id: reviewRequests.id })
  return request!.id
}

/** Orders in the later parts of their life. */
async function createOrderLives() {
  const paid = await createPaidOrder()
  await ship({ orderId: paid.orderId, by: paid.olga, quantity: 1 })
  const { orderId: refunded, olga } = await createPaidOrder()
  await refund({ orderId: refunded, by: olga, extra: 100 })
  const [requested, approved] = [await createReturnedOrder(), await createReturnedOrder({ isApproved: true })]
  return {
    ...{ paid: paid.orderId, refunded, invoiceId: (await listInvoices(refunded))[0]!.id },
    ...{ returned: requested.orderId, requestedId: requested.returnId },
    ...{ fulfillmentId: requested.fulfillmentId, approved: approved.orderId, approvedId: approved.returnId },
  }
}

/**
 * A page that the tests of a group share, because a new browser context takes longer than the page and its check. Any
 * error in it fails the group.
 */
function sharePage(signInOn: (page: Page, origin: string) => Promise<unknown> = async () => {}) {
  const shared: { page?: Page; errors?: string[] } = {}
  test.beforeAll(async ({ browser, openShopOf }, testInfo) => {
    const shop = await openShopOf(testInfo)
    const context = await browser.newContext({ baseURL: shop.origin })
    shared.errors = watch(context, () => false)
    shared.page = await context.newPage()
    await signInOn(shared.page, shop.origin)
  })
  test.afterAll(async () => {
    await shared.page?.context().close()
    expect(shared.errors, 'errors in the browser').toEqual([])
  })
  return () => shared.page!
}

/** No violation of WCAG 2.2 AA or of best practices, and no horizontal scrolling, in light and dark mode. */
async function expectAccessible(page: Page) {
  for (const { colorScheme, width, height, isComplete } of looks) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.setViewportSize({ width, height })
    await waitForColors(page)
    const violations = await findViolations(
      page,
      isComplete ? { type: 'tag', values: rules } : { type: 'rule', values: visualRules },
    )
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join('\n')}`)
    expect.soft(found, `${colorScheme}, ${width} px`).toEqual([])
    const scrollWidth = await page.evaluate(() => document.documentElement.scrollWidth)
    expect.soft(scrollWidth, `${colorScheme}, ${width} px: width of the page`).toBeLessThanOrEqual(width)
  }
}

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** axe-core is loaded once into each document: loading it takes as long as half a run. */
async function findViolations(page: Page, runOnly: RunOptions['runOnly']): Promise<AxeResults['violations']> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource)
  return page.evaluate(
    async (options) => {
      const { axe } = window as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } }
      return (await axe.run(options)).violations
    },
    { runOnly, resultTypes: ['violations'] } as RunOptions,
  )
}

/** The shortest animation still takes a frame. */
async function waitForColors(page: Page) {
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
    ['all products, filtered', () => '/collections/all?filter.v.availability=1&sort_by=price-ascending'],
    ['a product with an image', () => `/products/${seeded.pot.handle}`],
    ['a product with options', () => `/products/${seeded.stool.handle}`],
    ['an unavailable combination', () => `/products/${seeded.stool.handle}?option1=Ash&option2=High`],
    ['a page', () => '/pages/about-us'],
    ['a policy', () => '/policies/terms-of-service'],
    ['search', () => '/search?q=stool'],
    ['a search without results', () => '/search?q=zeppelin'],
    ['an empty cart', () => '/cart'],
    ['a missing page', () => '/no/such/page'],
    ['a receipt', () => `/orders/${seeded.token}`],
    ['reporting a review', () => `/reviews/${seeded.publishedReviewId}/report`],
    ['reviewing an order', () => orderReviews],
    ['a review of an ordered product', () => `${orderReviews}/${seeded.pot.productId}`],
    ['an expired link to review an order', () => '/order-reviews/nothing'],
    ['sign-in', () => '/login'],
    ['signing up', () => '/signup'],
    ['a forgotten password', () => '/forgot-password'],
    ['check your email', () => '/check-your-email'],
    ['finding an order', () => '/orders'],
    ['an invalid invitation', () => '/invitations/nothing'],
  ]
  const visitor = sharePage()
  for (const [name, path] of pages)
    test(`${name} is accessible`, async () => {
      await visitor().goto(path())
      await expectAccessible(visitor())
    })

  test('a cart is accessible, in the drawer and on its page', async ({ shopper }) => {
    await addToCartInBrowser(shopper, seeded.pot)
    await expectAccessible(shopper)
    await shopper.goto('/cart')
    await expectAccessible(shopper)
  })

  test('search suggestions are accessible, above the page and on their own', async ({ shopper }) => {
    await refreshSearchWords()
    await shopper.goto('/')
    await shopper.getByRole('banner').getByRole('link', { name: 'Search' }).click()
    for (const name of ['Search the store', 'What are you looking for?']) {
      const field = shopper.getByRole('combobox', { name })
      const list = shopper.getByRole('listbox', { name: 'Suggestions' })
      await field.fill('ga')
      await expect(list.getByRole('group')).toHaveCount(3)
      await shopper.keyboard.press('ArrowDown')
      await expectAccessible(shopper)
      await expect(list).toBeVisible()
      await field.fill('garden')
      await shopper.keyboard.press('Enter')
      await expect(shopper).toHaveURL('/search?q=garden')
    }
    await shopper.getByRole('combobox', { name: 'What are you looking for?' }).fill('')
    await expect(shopper.getByRole('group', { name: 'Recent searches' })).toBeVisible()
    await expectAccessible(shopper)
  })

  test('the checkout is accessible, also with errors', async ({ shopper }) => {
    await addToCartInBrowser(shopper, seeded.pot)
    await shopper.goto('/checkout')
    await expectAccessible(shopper)
    await fillInCheckout(shopper)
    await shopper.getByLabel('Email', { exact: true }).fill('ada')
    await placeButton(shopper).click()
    await expect(shopper.getByRole('alert')).toBeFocused()
    await expectAccessible(shopper)
  })
})

test.describe('the account', () => {
  const pages: [string, string][] = [
    ['the overview', '/account'],
    ['orders', '/account/orders'],
    ['reviews', '/account/reviews'],
    ['addresses', '/account/addresses'],
    ['a new address', '/account/addresses/new'],
    ['notifications', '/account/notifications'],
    ['notification settings', '/account/notifications/preferences'],
    ['the profile', '/account/profile'],
    ['the email', '/account/email'],
    ['the password', '/account/password'],
    ['security', '/account/security'],
    ['devices', '/account/devices'],
    ['two-factor authentication', '/account/two-factor'],
    ['deleting the account', '/account/delete'],
  ]
  const empty = sharePage((page, origin) => signInAsNewUser(page, origin, { emailVerifiedAt: null }))
  const full = sharePage(async (page, origin) => {
    const customer = await signInAsNewUser(page, origin)
    const { id } = customer
    await writeReview({ userId: id, email: customer.email }, seeded.pot.productId)
    await placeCustomerOrder(customer, seeded.pot)
    await addAddress(id, createAddress)
    await addAddress(id, createAddress)
    await signIn(id)
  })
  for (const [name, path] of pages)
    test(`${name} is accessible, empty and full`, async () => {
      for (const page of [empty(), full()]) {
        await page.goto(path)
        await expectAccessible(page)
      }
    })

  test('setting up two-factor authentication is accessible, and so are its codes', async ({
    shopper,
    shop,
  }) => {
    await signInAsNewUser(shopper, shop.origin)
    await shopper.goto('/account/two-factor')
    await shopper.getByLabel('Your password').fill(password)
    await shopper.getByRole('button', { name: 'Set up two-factor authentication' }).click()
    await expect(shopper.getByRole('img', { name: /^QR code/ })).toBeVisible()
    await expectAccessible(shopper)
    const secret = (await shopper.locator('.secret').innerText()).replace(/\s/g, '')
    await shopper.getByRole('textbox', { name: 'Code' }).fill(new TOTP({ secret }).generate())
    await shopper.getByRole('button', { name: 'Turn on' }).click()
    await expect(shopper.getByRole('heading', { level: 1, name: 'Your recovery codes' })).toBeVisible()
    await expectAccessible(shopper)
  })
})

test.describe('the admin', () => {
  const pages: [string, () => string][] = [
    ['home', () => '/admin'],
    ['orders', () => '/admin/orders'],
    ['an order', () => `/admin/orders/${seeded.orderId}`],
    ['editing an order', () => `/admin/orders/${seeded.orderId}/edit`],
    ['the address of an order', () => `/admin/orders/${seeded.orderId}/address`],
    ['refunding', () => `/admin/orders/${life.paid}/refund`],
    ['an order with a refund', () => `/admin/orders/${life.refunded}`],
    ['an order with a return', () => `/admin/orders/${life.returned}`],
    ['starting a return', () => `/admin/orders/${life.returned}/returns/new`],
    ['answering a return', () => `/admin/orders/${life.returned}/returns/${life.requestedId}/answer`],
    ['receiving a return', () => `/admin/orders/${life.approved}/returns/${life.approvedId}/receive`],
    ['tracking', () => `/admin/orders/${life.returned}/fulfillments/${life.fulfillmentId}/tracking`],
    [
      'canceling a shipment',
      () => `/admin/orders/${life.returned}/fulfillments/${life.fulfillmentId}/cancel`,
    ],
    ['a packing slip', () => `/admin/orders/${seeded.orderId}/packing-slip`],
    ['packing slips', () => `/admin/orders/packing-slips?order=${seeded.orderId}&order=${life.paid}`],
    ['invoices', () => '/admin/invoices'],
    ['an invoice', () => `/admin/orders/${life.refunded}/invoices/${life.invoiceId}`],
    ['fulfilling', () => `/admin/orders/${seeded.orderId}/fulfillments`],
    ['canceling', () => `/admin/orders/${seeded.orderId}/cancel`],
    ['products', () => '/admin/products'],
    ['a new product', () => '/admin/products/new'],
    ['a product', () => `/admin/products/${seeded.pot.productId}`],
    ['its images', () => `/admin/products/${seeded.pot.productId}/images`],
    ['its related products', () => `/admin/products/${seeded.pot.productId}/related`],
    ['a product with options', () => `/admin/products/${seeded.stool.productId}`],
    ['collections', () => '/admin/collections'],
    ['a collection', () => `/admin/collections/${seeded.collectionId}`],
    ['pages and policies', () => '/admin/pages'],
    ['a new page', () => '/admin/pages/new'],
    ['a new policy', () => '/admin/pages/new?policy=refund-policy'],
    ['a page', () => `/admin/pages/${seeded.pageId}`],
    ['a policy', () => `/admin/pages/${seeded.policyId}`],
    ['deleting a page', () => `/admin/pages/${seeded.pageId}/delete`],
    ['synonyms', () => '/admin/search'],
    ['editing synonyms', () => `/admin/search/synonyms/${seeded.synonymsId}`],
    ['pinned results', () => '/admin/search/pins'],
    ['pinned results of a query', () => `/admin/search/pins/${seeded.pinId}`],
    ['product boosts', () => '/admin/search/boosts'],
    ['search engines', () => '/admin/search-engines'],
    ['redirects', () => '/admin/redirects'],
    ['a new redirect', () => '/admin/redirects/new'],
    ['editing a redirect', () => `/admin/redirects/${seeded.redirectId}`],
    ['deleting a redirect', () => `/admin/redirects/${seeded.redirectId}/delete`],
    ['importing redirects', () => '/admin/redirects/import'],
    ['reviews', () => '/admin/reviews'],
    ['no rejected reviews', () => '/admin/reviews?show=rejected'],
    ['a review', () => `/admin/reviews/${seeded.reviewId}`],
    ['approving a review', () => `/admin/reviews/approve?review=${seeded.reviewId}-1`],
    ['rejecting a review', () => `/admin/reviews/reject?review=${seeded.reviewId}-1`],
    ['promotions', () => '/admin/promotions'],
    ['choosing a promotion', () => '/admin/promotions/new'],
    ['a new percentage off', () => '/admin/promotions/new?kind=percent'],
    ['a new “buy X get Y”', () => '/admin/promotions/new?kind=buy-x-get-y'],
    ['a promotion', () => `/admin/promotions/${seeded.promotionId}`],
    ['its codes', () => `/admin/promotions/${seeded.promotionId}/codes`],
    ['deleting a promotion', () => `/admin/promotions/${seeded.promotionId}/delete`],
    ['imports', () => '/admin/imports'],
    ['an import', () => `/admin/imports/${seeded.importId}`],
    ['undoing an import', () => `/admin/imports/${seeded.appliedImportId}/undo`],
    ['issues of an import', () => `/admin/imports/${seeded.importId}?show=errors`],
    ['emails', () => '/admin/emails'],
    ['an email', () => `/admin/emails/${seeded.emailId}`],
    ['settings', () => '/admin/settings'],
    ['general settings', () => '/admin/settings/general'],
    ['region settings', () => '/admin/settings/region'],
    ['shipping settings', () => '/admin/settings/shipping'],
    ['a new shipping zone', () => '/admin/settings/shipping/zones/new'],
    ['a shipping zone', () => `/admin/settings/shipping/zones/${zone.zoneId}`],
    ['a new shipping method', () => `/admin/settings/shipping/zones/${zone.zoneId}/methods/new`],
    ['a shipping method', () => `/admin/settings/shipping/methods/${zone.methodId}`],
    ['deleting a shipping zone', () => `/admin/settings/shipping/zones/${zone.zoneId}/delete`],
    ['marketing settings', () => '/admin/settings/marketing'],
    ['tax settings', () => '/admin/settings/taxes'],
    ['a tax rate', () => `/admin/settings/taxes/rates/${tax.rateId}`],
    ['a tax class', () => `/admin/settings/taxes/classes/${tax.classId}`],
    ['deleting a tax class', () => `/admin/settings/taxes/classes/${tax.classId}/delete`],
    ['notifications', () => '/admin/notifications'],
    ['the store health', () => '/admin/health'],
    ['staff', () => '/admin/staff'],
    ['inviting staff', () => '/admin/staff/invitations/new'],
    ['a staff member', () => `/admin/staff/${seeded.clerkId}`],
    ['the user’s own staff page', () => `/admin/staff/${seeded.olga}`],
    ['removing a staff member', () => `/admin/staff/${seeded.clerkId}/delete`],
    ['transferring ownership', () => `/admin/staff/${seeded.clerkId}/ownership`],
    ['the search report', () => '/admin/reports/searches'],
    ['a search term', () => '/admin/reports/searches/term?q=pot&days=7'],
    ['no searches', () => '/admin/reports/searches?show=no-clicks'],
    ['customers', () => '/admin/customers'],
    ['no customers', () => '/admin/customers?q=zeppelin'],
    ['a customer', () => `/admin/customers/${seeded.customerId}`],
    ['activity', () => '/admin/activity'],
    ['no activity', () => '/admin/activity?kind=settings'],
    ['the history of a product', () => `/admin/activity?row=products/${seeded.pot.productId}`],
    ['a missing page', () => '/admin/orders/999999'],
  ]
  const owner = sharePage(async (page, url) => {
    await page.context().addCookies([{ name: 'sid', value: await signIn(seeded.olga), url, httpOnly: true }])
  })
  for (const [name, path] of pages)
    test(`${name} is accessible`, async () => {
      await owner().goto(path())
      await expectAccessible(owner())
    })

  test('the editor of a description is accessible, and so is its question for a link', async ({ owner }) => {
    await owner.goto(`/admin/products/${seeded.pot.productId}`)
    await expect(owner.getByRole('toolbar', { name: 'Formatting' })).toBeVisible()
    await expectAccessible(owner)
    await owner.getByRole('textbox', { name: 'Description (optional)' }).first().press('Control+k')
    await expect(owner.getByRole('dialog', { name: 'Add link' })).toBeVisible()
    await expectAccessible(owner)
  })
})

test('an unclaimed shop is accessible, and so is claiming it', async ({ openBrowser }) => {
  const shop = await openShop()
  try {
    const page = await openBrowser({ baseURL: shop.origin })
    await page.goto('/')
    await expectAccessible(page)
    await page.goto(shop.setupLink!)
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Create store' }).click()
    await expect(page.getByRole('alert')).toBeFocused()
    await expectAccessible(page)
  } finally {
    await shop.stop()
  }
})
