import type { Page } from '@playwright/test'
import { changePrice } from '../support/cast.ts'
import { createBoots, createJugs } from './support/catalog.ts'
import { expect, test } from './support/test.ts'

const titles = (page: Page) => page.getByRole('main').getByRole('heading', { level: 3 })
const count = (page: Page, value: string) =>
  page
    .getByRole('group', { name: 'Filters' })
    .locator('label')
    .filter({ has: page.getByText(value, { exact: true }) })
    .locator('.check__count > [aria-hidden]')

test('filters beside the list apply at once, keep the focus, and follow the back button', async ({
  shopper,
}) => {
  const path = await createBoots()
  await shopper.goto(path)
  const size41 = shopper.getByRole('checkbox', { name: '41' })
  const red = shopper.getByRole('checkbox', { name: 'Red' })
  await expect(titles(shopper)).toHaveCount(3)
  await expect(count(shopper, '41')).toHaveText('1')
  await expect(count(shopper, 'Red')).toHaveText('2')
  await size41.focus()
  await shopper.keyboard.press('Space')
  await expect(titles(shopper)).toHaveText(['Ankle boot'])
  await expect(size41).toBeFocused()
  await expect(size41).toBeChecked()
  await expect(shopper).toHaveURL(`${path}?filter.v.option.size=41`)
  await expect(count(shopper, 'Red')).toHaveText('1')
  await expect(count(shopper, '42')).toHaveText('2')
  await expect(shopper.getByRole('checkbox', { name: 'Black' })).toBeDisabled()

  await red.check()
  await expect(shopper).toHaveURL(/color=Red/)
  await shopper.getByRole('link', { name: 'Remove filter: Size: 41' }).click()
  await expect(titles(shopper)).toHaveText(['Ankle boot', 'Rain boot'])
  await expect(size41).not.toBeChecked()
  await expect(red).toBeChecked()
  await shopper.goBack()
  await expect(size41).toBeChecked()
  await expect(titles(shopper)).toHaveText(['Ankle boot'])
  await shopper.getByRole('link', { name: 'Clear all' }).click()
  await expect(titles(shopper)).toHaveCount(3)
  await expect(shopper.getByRole('checkbox', { checked: true })).toHaveCount(0)
  await expect(shopper).toHaveURL(path)
})

test('a price is applied when it is complete', async ({ shopper }) => {
  const { path } = await createJugs(3)
  await shopper.goto(path)
  await expect(shopper.getByLabel('From')).toHaveAttribute('placeholder', '10.01')
  await shopper.getByLabel('From').fill('10.02')
  await shopper.getByLabel('From').press('Enter')
  await expect(titles(shopper)).toHaveText(['Jug 2', 'Jug 3'])
  await expect(shopper.getByLabel('From')).toBeFocused()
  await expect(shopper).toHaveURL(`${path}?filter.v.price.gte=10.02`)
})

test('without JavaScript the same filters are a form', async ({ openBrowser, shop }) => {
  const page = await openBrowser({ baseURL: shop.origin, javaScriptEnabled: false })
  const path = await createBoots()
  await page.setViewportSize({ width: 390, height: 800 })
  await page.goto(path)
  await page.getByText('Filter', { exact: true }).click()
  await page.getByRole('checkbox', { name: '42' }).check()
  await page.getByRole('checkbox', { name: 'Red' }).check()
  await page.getByRole('button', { name: 'Show products' }).click()
  await expect(titles(page)).toHaveText(['Rain boot'])
  await page.getByRole('link', { name: 'Remove filter: Color: Red' }).click()
  await expect(titles(page)).toHaveText(['Ankle boot', 'Rain boot'])
})

test('more products are added to the list, and back leads to the same place in it', async ({ shopper }) => {
  const { path, jugs } = await createJugs(60)
  await shopper.goto(path)
  await expect(shopper.getByText('24 of 60 products shown')).toBeVisible()
  const more = shopper.getByRole('link', { name: 'Show more products' })
  await more.focus()
  await shopper.keyboard.press('Enter')
  await expect(titles(shopper)).toHaveCount(48)
  await expect(shopper.getByRole('link', { name: 'Jug 25', exact: true })).toBeFocused()
  await expect(shopper).toHaveURL(`${path}?page=2&from=1`)
  await expect(shopper.getByText('24 more products. 48 of 60 products shown')).toBeAttached()

  const target = shopper.getByRole('link', { name: 'Jug 40', exact: true })
  await target.scrollIntoViewIfNeeded()
  const place = await target.evaluate((link) => link.getBoundingClientRect().top)
  await target.click()
  await expect(shopper.getByRole('heading', { level: 1, name: 'Jug 40' })).toBeVisible()
  await shopper.goBack()
  await expect(titles(shopper)).toHaveCount(48)
  await expect
    .poll(async () => Math.abs((await target.evaluate((link) => link.getBoundingClientRect().top)) - place))
    .toBeLessThan(5)

  // Products of the first page are live, too.
  await changePrice(jugs[0]!.variantId, 4321)
  await expect(shopper.getByRole('article').filter({ hasText: 'Jug 1€' }).first()).toContainText('€43.21')
  await more.click()
  await expect(titles(shopper)).toHaveCount(60)
  await expect(more).toBeHidden()
  await shopper.reload()
  await expect(titles(shopper)).toHaveCount(60)
  // The pages were added in place of each other, so this leads to before the list.
  await shopper.goBack()
  await expect(shopper).not.toHaveURL(new RegExp(path))
})

test('a page in the middle leads to the products before it', async ({ shopper }) => {
  const { path } = await createJugs(60)
  await shopper.goto(`${path}?page=3`)
  await expect(shopper.getByText('Products 49–60 of 60')).toBeVisible()
  await expect(titles(shopper)).toHaveCount(12)
  await shopper.getByRole('link', { name: 'Show previous products' }).click()
  await expect(titles(shopper)).toHaveCount(36)
  await expect(shopper.getByRole('link', { name: 'Jug 25', exact: true })).toBeFocused()
  await expect(shopper).toHaveURL(`${path}?page=3&from=2`)
})

test('without JavaScript there are links to pages', async ({ openBrowser, shop }) => {
  const page = await openBrowser({ baseURL: shop.origin, javaScriptEnabled: false })
  const { path } = await createJugs(30)
  await page.goto(path)
  await expect(page.getByRole('link', { name: 'Show more products' })).toHaveCount(0)
  await page.getByRole('link', { name: 'Next' }).click()
  await expect(titles(page)).toHaveCount(6)
  await expect(page).toHaveURL(`${path}?page=2`)
})
