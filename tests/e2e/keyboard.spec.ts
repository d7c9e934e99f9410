import type { Page } from '@playwright/test'
import { createProduct, createProductWithOptions } from '../support/cast.ts'
import { createLamps, createPictured } from './support/catalog.ts'
import { expectFocusTrap, pressOn, tabTo, typeInto } from './support/keyboard.ts'
import { ada, expectReceipt, placeButton } from './support/shopping.ts'
import { expect, test } from './support/test.ts'

const phone = { width: 390, height: 800 }
const stool = {
  title: 'Garden stool',
  optionNames: ['Color', 'Height'],
  versions: [
    { values: ['Oak', 'Low'], price: 8900 },
    { values: ['Oak', 'High'], price: 9900 },
    { values: ['Ash', 'Low'], price: 8500 },
  ],
}

test('a variant is chosen and added, and the cart drawer keeps the focus and returns it', async ({
  shopper,
}) => {
  const { handle } = await createProductWithOptions(stool)
  await shopper.goto(`/products/${handle}`)
  const radio = (name: string) => shopper.getByRole('radio', { name })
  await tabTo(shopper, radio('Oak'), { within: 30 })
  await shopper.keyboard.press('ArrowRight')
  await expect(shopper.getByText('€85.00').first()).toBeVisible()
  await expect(radio('Ash')).toBeFocused()
  await shopper.keyboard.press('ArrowLeft')
  await expect(shopper).toHaveURL(/option1=Oak/)
  await expect(radio('Oak')).toBeFocused()
  await tabTo(shopper, radio('Low'), { within: 1 })
  await shopper.keyboard.press('ArrowRight')
  await expect(shopper.getByText('€99.00').first()).toBeVisible()
  await expect(radio('High')).toBeFocused()
  await typeInto(shopper, shopper.getByLabel('Quantity', { exact: true }), '2', { within: 1 })
  const add = shopper.getByRole('button', { name: 'Add to cart' })
  await pressOn(shopper, add, { within: 1 })

  const drawer = shopper.getByRole('dialog', { name: 'Your cart' })
  await expect(drawer).toBeVisible()
  await expectFocusTrap(shopper, drawer, 12)
  const quantity = drawer.getByRole('spinbutton', { name: 'Quantity of Garden stool' })
  await expect(quantity).toHaveValue('2')
  await typeInto(shopper, quantity, '3')
  await shopper.keyboard.press('Enter')
  await expect(drawer.getByText('€297.00').first()).toBeVisible()
  await expect(quantity).toBeFocused()
  await pressOn(shopper, drawer.getByRole('button', { name: 'Remove Garden stool' }), { within: 3 })
  await expect(drawer.getByText('Your cart is empty.')).toBeVisible()
  await expect(drawer.locator(':focus')).toHaveCount(1)
  await shopper.keyboard.press('Escape')
  await expect(drawer).toBeHidden()
  await expect(add).toBeFocused()
})

for (const script of ['on', 'off'] as const) {
  test.describe(`script ${script}`, () => {
    test.use({ script })

    test('from the product to the receipt, with errors and another country on the way', async ({
      shopper,
    }) => {
      const { handle } = await createProductWithOptions(stool)
      await shopper.goto(`/products/${handle}`)
      await tabTo(shopper, shopper.getByRole('radio', { name: 'Oak' }), { within: 30 })
      await tabTo(shopper, shopper.getByRole('radio', { name: 'Low' }), { within: 1 })
      await shopper.keyboard.press('ArrowRight')
      await pressOn(shopper, shopper.getByRole('button', { name: 'Add to cart' }), { within: 3 })
      if (script === 'on') await pressOn(shopper, shopper.getByRole('link', { name: 'View cart' }))
      await expect(shopper.getByRole('heading', { level: 1, name: 'Your cart' })).toBeVisible()
      await pressOn(shopper, shopper.getByRole('link', { name: 'Checkout' }), { within: 30 })

      await typeInto(shopper, shopper.getByLabel('Email', { exact: true }), 'ada.example.com')
      await chooseCountry(shopper, 'United States', script)
      await expect(shopper.getByLabel('ZIP code')).toBeVisible()
      if (script === 'off') await tabTo(shopper, shopper.getByLabel('Country'), { within: 20 })
      await expect(shopper.getByLabel('Country')).toBeFocused()
      await typeInto(shopper, shopper.getByLabel('Street address'), ada.line1, { within: 4 })
      await typeInto(shopper, shopper.getByLabel('City'), 'San Francisco', { within: 2 })
      await typeInto(shopper, shopper.getByLabel('State'), 'Californ', { within: 1 })
      await typeInto(shopper, shopper.getByLabel('ZIP code'), '94103', { within: 1 })
      await tabTo(shopper, shopper.getByRole('radio', { name: 'Standard' }), { within: 2 })
      await shopper.keyboard.press('Space')
      await pressOn(shopper, placeButton(shopper), { within: 4 })

      const summary = shopper.getByRole('alert').filter({ hasText: 'to fix' })
      await expect(summary).toBeFocused()
      await pressOn(shopper, summary.getByRole('link', { name: 'missing an “@”' }), { within: 1 })
      await expect(shopper.getByLabel('Email', { exact: true })).toBeFocused()
      await shopper.keyboard.press('Control+A')
      await shopper.keyboard.type(ada.email)
      await tabTo(shopper, summary.getByRole('link', { name: 'Enter your full name.' }), { key: 'Shift+Tab' })
      await shopper.keyboard.press('Enter')
      await expect(shopper.getByLabel('Full name')).toBeFocused()
      await shopper.keyboard.type(ada.name)
      await expect(shopper.getByLabel('State')).toHaveValue('CA')
      await pressOn(shopper, placeButton(shopper))
      await expectReceipt(shopper)
      await expect(shopper.locator('address').first()).toContainText('San Francisco, CA 94103')
    })
  })
}

/** The keys of a list of countries: its first letters. */
async function chooseCountry(page: Page, name: string, script: 'on' | 'off') {
  await typeInto(page, page.getByLabel('Country'), name)
  if (script === 'off') await pressOn(page, page.getByRole('button', { name: 'Update', exact: true }))
}

test('the filters: the sheet keeps the focus, discards on Escape, and applies', async ({ shopper }) => {
  await shopper.setViewportSize(phone)
  await shopper.goto(await createLamps())
  const open = shopper.getByRole('button', { name: 'Filter' })
  const sheet = shopper.getByRole('dialog', { name: 'Filter' })
  const lamp = sheet.getByRole('checkbox', { name: 'Lamp' })
  const titles = shopper.getByRole('main').getByRole('heading', { level: 3 })

  await pressOn(shopper, open)
  await expectFocusTrap(shopper, sheet, 12)
  await tabTo(shopper, lamp)
  await shopper.keyboard.press('Space')
  await expect(sheet.getByRole('button', { name: 'Show 2 products' })).toBeVisible()
  await expect(titles).toHaveCount(3)
  await shopper.keyboard.press('Escape')
  await expect(open).toBeFocused()

  await shopper.keyboard.press('Enter')
  await expect(lamp).not.toBeChecked()
  await expect(sheet.getByRole('button', { name: 'Show 3 products' })).toBeVisible()
  await tabTo(shopper, lamp)
  await shopper.keyboard.press('Space')
  await pressOn(shopper, sheet.getByRole('button', { name: 'Show 2 products' }))
  await expect(titles).toHaveText(['Desk lamp', 'Floor lamp'])
  await expect(shopper).toHaveURL(/\?filter\.p\.product_type=Lamp$/)
  await expect(shopper.getByRole('button', { name: 'Filter (1)' })).toBeFocused()
  await tabTo(shopper, shopper.getByLabel('Sort by'), { within: 1 })
})

test('the menu on a phone closes on Escape, and when the focus leaves it', async ({ shopper }) => {
  await shopper.setViewportSize(phone)
  await shopper.goto('/collections/all')
  const menu = shopper.getByRole('navigation', { name: 'Menu' })
  const button = shopper.getByRole('banner').getByText('Menu', { exact: true }).locator('..')
  const first = menu.getByRole('link', { name: 'Shop all' })
  await pressOn(shopper, button, { within: 2 })
  await tabTo(shopper, first, { within: 1 })
  await shopper.keyboard.press('Escape')
  await expect(menu).toBeHidden()
  await expect(button).toBeFocused()

  await shopper.keyboard.press('Enter')
  await expect(menu).toBeVisible()
  await tabTo(shopper, shopper.getByRole('link', { name: 'Hill & Co' }))
  await expect(menu).toBeHidden()

  await tabTo(shopper, button, { key: 'Shift+Tab', within: 1 })
  await shopper.keyboard.press('Enter')
  await pressOn(shopper, first, { within: 1 })
  await expect(menu).toBeHidden()
})

test('the search opens above the page, closes on Escape, and finds', async ({ shopper }) => {
  await createProduct({ title: 'Keyboard kettle' })
  await shopper.goto('/collections/all')
  const link = shopper.getByRole('banner').getByRole('link', { name: 'Search' })
  const sheet = shopper.getByRole('dialog', { name: 'Search' })
  await pressOn(shopper, link)
  await expect(sheet.getByRole('combobox')).toBeFocused()
  await expectFocusTrap(shopper, sheet, 6)
  await shopper.keyboard.press('Escape')
  await expect(link).toBeFocused()
  await shopper.keyboard.press('Enter')
  await expect(sheet.getByRole('combobox')).toBeFocused()
  await shopper.keyboard.type('kettle')
  await shopper.keyboard.press('Enter')
  await expect(shopper).toHaveURL(/\/search\?q=kettle/)
  await pressOn(shopper, shopper.getByRole('link', { name: 'Keyboard kettle' }), { within: 20 })
  await expect(shopper.getByRole('heading', { level: 1, name: 'Keyboard kettle' })).toBeFocused()
})

test('a search opened while another page is loading stays open, with what was typed', async ({ shopper }) => {
  await shopper.goto('/collections')
  let arrive = () => {}
  const arrival = new Promise<void>((resolve) => (arrive = resolve))
  await shopper.route(/\/collections\/all(\.data|\?)/, async (route) => {
    await arrival
    await route.continue()
  })
  const banner = shopper.getByRole('banner')
  await pressOn(shopper, banner.getByRole('link', { name: 'Shop all' }))
  await pressOn(shopper, banner.getByRole('link', { name: 'Search' }), { key: 'Shift+Tab' })
  const search = shopper.getByRole('dialog', { name: 'Search' }).getByRole('combobox')
  await expect(search).toBeFocused()
  await shopper.keyboard.type('kettle')
  arrive()
  await expect(shopper).toHaveURL(/\/collections\/all/)
  await expect(search).toHaveValue('kettle')
  await shopper.keyboard.press('Enter')
  await expect(shopper).toHaveURL(/\/search\?q=kettle/)
  await expect(search).toBeHidden()
})

test('an image opens, is enlarged and changed, and gives the focus back', async ({ shopper }) => {
  await shopper.goto(`/products/${await createPictured()}`)
  const link = shopper.getByRole('link', { name: 'Enlarge image 1 of 2' })
  const dialog = shopper.getByRole('dialog', { name: 'Images of Tote' })
  await pressOn(shopper, link, { within: 20 })
  await expect(dialog.getByRole('button', { name: 'Enlarge' })).toBeFocused()
  await expectFocusTrap(shopper, dialog, 6)
  await pressOn(shopper, dialog.getByRole('button', { name: 'Enlarge' }))
  await expect(dialog.getByRole('button', { name: 'Show the whole image' })).toBeFocused()
  await shopper.keyboard.press('Enter')
  await shopper.keyboard.press('ArrowRight')
  await expect(dialog.getByRole('status')).toHaveText('2 of 2')
  await expect(dialog.getByRole('img', { name: 'Tote, image 2' })).toBeVisible()
  await pressOn(shopper, dialog.getByRole('button', { name: 'Next image' }))
  await expect(dialog.getByRole('status')).toHaveText('1 of 2')
  await shopper.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(link).toBeFocused()
})

test('the admin: skip link, account links, and the save bar', async ({ owner }) => {
  const { productId } = await createProduct({ title: 'Clay pot' })
  await owner.goto(`/admin/products/${productId}`)
  await tabTo(owner, owner.getByRole('link', { name: 'Devices' }), { within: 30 })
  await owner.reload()
  await pressOn(owner, owner.getByRole('link', { name: 'Skip to content' }), { within: 1 })
  await tabTo(owner, owner.getByRole('link', { name: 'Products', exact: true }).last(), { within: 1 })
  await typeInto(owner, owner.getByLabel('Title', { exact: true }), 'Clay jug', { within: 8 })
  await expect(owner.getByText('Unsaved changes')).toBeVisible()
  await pressOn(owner, owner.getByRole('button', { name: 'Save', exact: true }), { within: 60 })
  await expect(owner.getByRole('heading', { level: 1, name: 'Clay jug' })).toBeVisible()

  await owner.setViewportSize(phone)
  await owner.goto('/admin')
  await tabTo(owner, owner.getByText('Menu', { exact: true }).locator('..'), { within: 2 })
  await owner.keyboard.press('Enter')
  await pressOn(owner, owner.getByRole('link', { name: 'Products', exact: true }), { within: 6 })
  await expect(owner.getByRole('heading', { level: 1, name: 'Products' })).toBeFocused()
})
