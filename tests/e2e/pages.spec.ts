import type { Page } from '@playwright/test'
import { db } from '#db/client.ts'
import { pages } from '#db/schema/index.ts'
import { createProduct } from '../support/cast.ts'
import { ada, addToCartInBrowser, expectReceipt, fillInCheckout, placeButton } from './support/shopping.ts'
import { expect, test } from './support/test.ts'

// Policies exist once, and other tests write some, too. The shop has to run: its database is the one.
test.beforeEach(async ({ shop: _ }) => {
  await db.delete(pages)
})
test.afterEach(() => db.delete(pages))

/** With JavaScript the editor is in front of the textarea. */
const textField = (page: Page, script: string) =>
  script === 'on'
    ? page.getByRole('textbox', { name: 'Text' }).first()
    : page.getByLabel('Text', { exact: true })

const footer = (page: Page) => page.getByRole('contentinfo')

/** A change is in the store's cached pages a moment later. */
async function openUntil(page: Page, path: string, isThere: () => Promise<void>) {
  await expect(async () => {
    await page.goto(path)
    await isThere()
  }).toPass({ timeout: 20_000 })
}

test('a policy is written, linked in the footer, in the checkout and on the order, and deleted', async ({
  owner,
  shopper,
  script,
}) => {
  await owner.goto('/admin/pages')
  await expect(owner.getByText('Not written')).toHaveCount(5)
  await owner.getByRole('link', { name: 'Write Terms of service' }).click()
  await expect(owner.getByLabel('Title', { exact: true }).first()).toHaveValue('Terms of service')
  await expect(owner.getByLabel('Handle')).toHaveCount(0)
  await owner.getByRole('button', { name: 'Save policy' }).click()
  await expect(owner.getByRole('alert')).toContainText('Enter the text.')
  await textField(owner, script).fill('You buy a pot, and we send it.')
  if (script === 'on') await expect(owner.getByText('Unsaved changes')).toBeVisible()
  await owner.getByRole('button', { name: 'Save policy' }).click()
  await expect(owner.getByText('“Terms of service” was created.')).toBeVisible()

  const preview = owner.waitForEvent('popup')
  await owner.getByRole('link', { name: 'Preview' }).click()
  await expect((await preview).getByText('You buy a pot, and we send it.')).toBeVisible()
  await shopper.goto('/')
  await expect(footer(shopper).getByRole('navigation', { name: 'Policies' })).toHaveCount(0)
  await owner.getByLabel('Show in store').check()
  await owner.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(owner.getByText('Saved.', { exact: true })).toBeVisible()

  const link = footer(shopper)
    .getByRole('navigation', { name: 'Policies' })
    .getByRole('link', { name: 'Terms of service' })
  await openUntil(shopper, '/', () => expect(link).toBeVisible({ timeout: 1_000 }))
  await link.click()
  await expect(shopper.getByRole('heading', { level: 1, name: 'Terms of service' })).toBeVisible()
  await expect(shopper.getByRole('main').getByText('You buy a pot, and we send it.')).toBeVisible()

  await addToCartInBrowser(shopper, await createProduct())
  await shopper.goto('/checkout')
  await fillInCheckout(shopper)
  await expect(shopper.getByText('accept the Terms of service.')).toBeVisible()
  await expect(shopper.getByText('Links open in a new tab.')).toBeVisible()
  const opened = shopper.waitForEvent('popup')
  await shopper.getByRole('main').getByRole('link', { name: 'Terms of service' }).click()
  const terms = await opened
  await expect(terms.getByRole('heading', { level: 1, name: 'Terms of service' })).toBeVisible()
  await terms.close()
  await expect(shopper.getByLabel('Email', { exact: true })).toHaveValue(ada.email)
  await placeButton(shopper).click()
  await expectReceipt(shopper)
  await expect(shopper.getByRole('main').getByRole('link', { name: 'Terms of service' })).toBeVisible()

  await owner.getByRole('link', { name: 'Delete policy' }).click()
  await owner.getByRole('button', { name: 'Delete policy' }).click()
  await expect(owner.getByText('“Terms of service” was deleted.')).toBeVisible()
  await expect(owner.getByText('Not written')).toHaveCount(5)
  await openUntil(shopper, '/policies/terms-of-service', () =>
    expect(shopper.getByRole('heading', { level: 1, name: 'Page not found' })).toBeVisible({
      timeout: 1_000,
    }),
  )
})

test('pages are linked in the footer in their order, and a renamed one redirects', async ({
  owner,
  shopper,
  script,
}) => {
  const create = async (title: string, text: string) => {
    await owner.goto('/admin/pages')
    await owner.getByRole('link', { name: 'Add page' }).click()
    await owner.getByLabel('Title', { exact: true }).first().fill(title)
    await textField(owner, script).fill(text)
    await owner.getByLabel('Show in store').check()
    await owner.getByLabel('Link in the footer').check()
    await owner.getByRole('button', { name: 'Save page' }).click()
    await expect(owner.getByText(`“${title}” was created.`)).toBeVisible()
  }
  await create('About us', 'We make pots.')
  await create('FAQ', 'Do you make vases?')
  await owner.goto('/admin/pages')
  await owner.getByRole('button', { name: 'Move FAQ up' }).click()
  await expect(owner.getByRole('button', { name: 'Move FAQ up' })).toBeDisabled()
  const links = footer(shopper).getByRole('navigation', { name: 'Information' }).getByRole('link')
  await openUntil(shopper, '/', () => expect(links).toHaveText(['FAQ', 'About us'], { timeout: 1_000 }))

  await owner.getByRole('rowheader').getByRole('link', { name: 'About us' }).click()
  await owner.getByLabel('Handle').fill('faq')
  await owner.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(owner.getByRole('alert')).toContainText('Another page has this handle.')
  await owner.getByLabel('Handle').fill('our-story')
  await owner.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(owner.getByText('Saved.', { exact: true })).toBeVisible()
  await openUntil(shopper, '/pages/about-us', () =>
    expect(shopper).toHaveURL('/pages/our-story', { timeout: 1_000 }),
  )
  await expect(shopper.getByRole('main').getByText('We make pots.')).toBeVisible()
})

test('a script in the text never reaches the store', async ({ owner, openBrowser, shop, script }) => {
  // Without JavaScript the HTML is typed; with it, it is sent by another program.
  const page = script === 'on' ? await openBrowser({ baseURL: shop.origin, javaScriptEnabled: false }) : owner
  if (page !== owner) await page.context().addCookies(await owner.context().cookies())
  await page.goto('/admin/pages/new')
  await page.getByLabel('Title', { exact: true }).first().fill('Care')
  await page
    .getByLabel('Text', { exact: true })
    .fill('<p onclick="hit()">Wipe it.</p><script>hit()</script><a href="javascript:hit()">More</a>')
  await page.getByLabel('Show in store').check()
  await page.getByRole('button', { name: 'Save page' }).click()
  await expect(page.getByText('“Care” was created.')).toBeVisible()
  const shopper = await openBrowser({ baseURL: shop.origin })
  await openUntil(shopper, '/pages/care', () =>
    expect(shopper.getByText('Wipe it.')).toBeVisible({ timeout: 1_000 }),
  )
  expect(await shopper.locator('.prose').innerHTML()).toBe('<p>Wipe it.</p><a>More</a>')
})
