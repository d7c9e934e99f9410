import type { Page, Request } from '@playwright/test'
import { createCollection } from '#app/domain/collections/collection-editor.server.ts'
import { addMembers } from '#app/domain/collections/collection-members.server.ts'
import { refreshSearchWords } from '#app/domain/search/refresh-words.server.ts'
import { createProduct, createShop, now } from '../support/cast.ts'
import { pressOn, tabTo } from './support/keyboard.ts'
import { expect, test } from './support/test.ts'

const titles = ['Quilted blanket', 'Quilt cover', 'Quill pen', 'Quillwort seeds', 'Quiet lamp', 'Quince jam']

test.beforeAll(async ({ openShopOf }, testInfo) => {
  await openShopOf(testInfo)
  const { olga } = await createShop()
  const made = []
  for (const title of titles) made.push(await createProduct({ title, price: 4250 }))
  const collection = await createCollection({
    ...{ title: 'Quilts', handle: 'quilts', description: '', parentId: null, position: 1, now, by: olga },
    ...{ kind: 'manual', match: 'all', rules: [], isShown: true, publishedAt: null },
    ...{ seoTitle: '', seoDescription: '' },
  })
  if (!collection.ok) throw new Error(collection.reason)
  await addMembers({ collectionId: collection.id, productIds: [made[0]!.productId], by: olga })
  await refreshSearchWords()
})

const parts = (page: Page) => {
  const field = page.getByRole('combobox', { name: 'Search the store' })
  const list = page.getByRole('listbox')
  const options = list.getByRole('option')
  return { field, list, options, active: list.getByRole('option', { selected: true }) }
}

/** Opens the search above the home page. */
async function openSearch(page: Page) {
  await page.goto('/')
  await pressOn(page, page.getByRole('banner').getByRole('link', { name: 'Search' }))
  await expect(parts(page).field).toBeFocused()
  return parts(page)
}

test('the keyboard moves through the suggestions while the focus stays in the field', async ({ shopper }) => {
  const { field, list, options, active } = await openSearch(shopper)
  await expect(field).toHaveAttribute('aria-expanded', 'false')
  await expect(field).toHaveAttribute('aria-autocomplete', 'list')
  await shopper.keyboard.type('quil')
  await expect(options).toHaveText([
    ...['quill', 'quillwort', 'quilt'],
    'Quilts',
    ...[/Quill pen€42.50$/, /Quilt cover/, /Quilted blanket/, /Quillwort seeds/],
    'See all results for “quil”',
  ])
  await expect(list.getByRole('group', { name: 'Searches' }).getByRole('option')).toHaveCount(3)
  await expect(list.getByRole('group', { name: 'Collections' }).getByRole('option')).toHaveCount(1)
  await expect(list.getByRole('group', { name: 'Products' }).getByRole('option')).toHaveCount(4)
  await expect(list.getByRole('option', { name: 'quillwort', exact: true }).locator('mark')).toHaveText(
    'lwort',
  )
  await expect(field).toHaveAttribute('aria-expanded', 'true')
  await expect(field).toHaveAttribute('aria-controls', (await list.getAttribute('id'))!)
  await expect(field).not.toHaveAttribute('aria-activedescendant')
  await expect(shopper.getByRole('dialog').getByRole('status')).toHaveText('9 suggestions')

  const expectActive = async (name: string | RegExp) => {
    await expect(active).toHaveCount(1)
    await expect(active).toHaveText(name)
    await expect(field).toHaveAttribute('aria-activedescendant', (await active.getAttribute('id'))!)
    await expect(field).toBeFocused()
  }
  await shopper.keyboard.press('ArrowDown')
  await expectActive('quill')
  await shopper.keyboard.press('ArrowDown')
  await expectActive('quillwort')
  await shopper.keyboard.press('ArrowUp')
  await shopper.keyboard.press('ArrowUp')
  await expectActive(/^See all results/)
  await shopper.keyboard.press('ArrowDown')
  await expectActive('quill')

  const caret = () => field.evaluate((node: HTMLInputElement) => node.selectionStart)
  await shopper.keyboard.press('Home')
  await expect(active).toHaveCount(0)
  expect(await caret()).toBe(0)
  await shopper.keyboard.press('ArrowUp')
  await expectActive(/^See all results/)
  await shopper.keyboard.press('End')
  await expect(active).toHaveCount(0)
  expect(await caret()).toBe(4)
  await expect(list).toBeVisible()

  await shopper.keyboard.press('ArrowDown')
  await shopper.keyboard.press('Tab')
  await expect(list).toBeHidden()
  await expect(field).toHaveValue('quil')
  await expect(field).toHaveAttribute('aria-expanded', 'false')
  await expect(field).not.toBeFocused()
  await tabTo(shopper, field, { key: 'Shift+Tab', within: 1 })
  await expect(list).toBeHidden()
  await shopper.keyboard.press('ArrowDown')
  await expectActive('quill')

  await shopper.keyboard.press('Escape')
  await expect(list).toBeHidden()
  await expect(field).toHaveValue('quil')
  await expect(field).toBeFocused()
  await shopper.keyboard.press('Escape')
  await expect(field).toBeHidden()
  await expect(shopper).toHaveURL('/')
})

test('Enter follows the active suggestion, and without one searches for what is typed', async ({
  shopper,
}) => {
  const { field, options } = await openSearch(shopper)
  await shopper.keyboard.type('quil')
  await expect(options.first()).toBeVisible()
  await shopper.keyboard.press('Enter')
  await expect(shopper).toHaveURL('/search?q=quil')

  await openSearch(shopper)
  await shopper.keyboard.type('quillw')
  await expect(options).toHaveCount(3)
  await shopper.keyboard.press('ArrowDown')
  await shopper.keyboard.press('Enter')
  await expect(shopper).toHaveURL('/search?q=quillwort')
  await expect(field).toBeHidden()

  await openSearch(shopper)
  await shopper.keyboard.type('quilts')
  await expect(options.first()).toHaveText('Quilts')
  await shopper.keyboard.press('ArrowDown')
  await shopper.keyboard.press('Enter')
  await expect(shopper).toHaveURL('/collections/quilts')

  await openSearch(shopper)
  await shopper.keyboard.type('quince')
  await expect(options).toHaveCount(2)
  await shopper.keyboard.press('ArrowDown')
  await shopper.keyboard.press('Enter')
  await expect(shopper.getByRole('heading', { level: 1, name: 'Quince jam' })).toBeFocused()

  await openSearch(shopper)
  await shopper.keyboard.type('quince')
  await expect(options).toHaveCount(2)
  await shopper.keyboard.press('ArrowUp')
  await shopper.keyboard.press('Enter')
  await expect(shopper).toHaveURL('/search?q=quince')
})

test('the pointer follows a suggestion, and closes the list elsewhere', async ({ shopper }) => {
  await shopper.goto('/search')
  const { list, options } = parts(shopper)
  const field = shopper.getByRole('combobox', { name: 'What are you looking for?' })
  await field.pressSequentially('quin')
  await expect(list).toBeVisible()
  await shopper.getByRole('heading', { level: 1 }).click()
  await expect(list).toBeHidden()
  await field.click()
  await expect(list).toBeVisible()
  await options.filter({ hasText: 'Quince jam' }).click()
  await expect(shopper.getByRole('heading', { level: 1, name: 'Quince jam' })).toBeFocused()
})

test('a misspelled word is suggested corrected', async ({ shopper }) => {
  const { options } = await openSearch(shopper)
  await shopper.keyboard.type('quinec')
  await expect(options).toHaveText(['quince', /Quince jam/, /^See all/])
})

test('an answer that arrives after that to a newer query is dropped', async ({ shopper }) => {
  let release = () => {}
  const isReleased = new Promise<void>((resolve) => (release = resolve))
  const asked: Request[] = []
  await shopper.route(/\/search\/suggestions/, async (route) => {
    asked.push(route.request())
    if (asked.length === 1) await isReleased
    // The browser may have given up the first.
    await route.continue().catch(() => {})
  })
  const { options } = await openSearch(shopper)
  await shopper.keyboard.type('quil')
  await expect.poll(() => asked.length).toBe(1)
  await shopper.keyboard.type('lw')
  await expect(options).toHaveText(['quillwort', /Quillwort seeds/, /^See all/])
  release()
  const late = await asked[0]!.response()
  await late?.finished()
  await shopper.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  )
  await expect(options).toHaveText(['quillwort', /Quillwort seeds/, /^See all/])
})

test('refused and failed requests show nothing, and the search works', async ({ shopper }) => {
  let refused = 0
  await shopper.route(/\/search\/suggestions/, (route) => {
    refused += 1
    return refused === 1
      ? route.fulfill({ status: 429, body: 'Too many requests' })
      : route.fulfill({ body: '<p>' })
  })
  const { list } = await openSearch(shopper)
  await shopper.keyboard.type('quil')
  await expect.poll(() => refused).toBe(1)
  await expect(shopper.getByRole('dialog').getByRole('status')).toHaveText('No suggestions')
  await shopper.keyboard.type('t')
  await expect.poll(() => refused).toBe(2)
  await expect(list).toBeHidden()
  await shopper.keyboard.press('Enter')
  await expect(shopper).toHaveURL('/search?q=quilt')
  await expect(shopper.getByRole('link', { name: 'Quilt cover' })).toBeVisible()
})

test('an empty field shows the last five searches of this browser, which can be cleared', async ({
  shopper,
}) => {
  const asked: string[] = []
  shopper.on('request', (request) => asked.push(request.url()))
  const { field, list, options } = await openSearch(shopper)
  await expect(list).toBeHidden()
  await shopper.keyboard.press('Escape')
  for (const query of ['quilt', 'quill', 'Quince', 'lamp', 'pen', 'jam', 'quince']) {
    await openSearch(shopper)
    await shopper.keyboard.type(query)
    await shopper.keyboard.press('Enter')
    await expect(shopper).toHaveURL(`/search?q=${query}`)
  }
  await openSearch(shopper)
  asked.length = 0
  const group = list.getByRole('group', { name: 'Recent searches' })
  await expect(group.getByRole('option')).toHaveText(['quince', 'jam', 'pen', 'lamp', 'quill'])
  await expect(shopper.getByRole('dialog').getByRole('status')).toHaveText('5 recent searches')
  expect(asked.filter((url) => url.includes('suggestions'))).toEqual([])
  await shopper.keyboard.press('ArrowDown')
  await shopper.keyboard.press('ArrowDown')
  await shopper.keyboard.press('Enter')
  await expect(shopper).toHaveURL('/search?q=jam')

  await openSearch(shopper)
  await expect(group.getByRole('option').first()).toHaveText('jam')
  await shopper.keyboard.press('ArrowUp')
  await shopper.keyboard.press('Enter')
  await expect(list).toBeHidden()
  await expect(field).toBeFocused()
  await openSearch(shopper)
  await expect(list).toBeHidden()
  await expect(options).toHaveCount(0)
})

test('a narrow screen shows at most eight suggestions, without a scrollbar in the list', async ({
  shopper,
}) => {
  await shopper.setViewportSize({ width: 390, height: 800 })
  const { list, options } = await openSearch(shopper)
  await shopper.keyboard.type('qui')
  await expect(options).toHaveCount(8)
  const isScrolled = () => list.evaluate((node) => node.scrollHeight > node.clientHeight)
  expect(await isScrolled()).toBe(false)
  await shopper.setViewportSize({ width: 1280, height: 800 })
  await expect(options).toHaveCount(10)
  expect(await isScrolled()).toBe(false)
})

test.describe('without script', () => {
  test.use({ script: 'off' })

  test('the field is a search form', async ({ shopper }) => {
    await shopper.goto('/')
    await pressOn(shopper, shopper.getByRole('banner').getByRole('link', { name: 'Search' }))
    const field = shopper.getByRole('searchbox', { name: 'What are you looking for?' })
    await expect(shopper.getByRole('combobox')).toHaveCount(0)
    await tabTo(shopper, field, { within: 30 })
    await shopper.keyboard.type('quince')
    await shopper.keyboard.press('Enter')
    await expect(shopper).toHaveURL('/search?q=quince')
    await expect(shopper.getByRole('link', { name: 'Quince jam' })).toBeVisible()
  })
})
