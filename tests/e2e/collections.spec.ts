import { randomUUID } from 'node:crypto'
import { createProduct } from '../support/cast.ts'
import { expect, test } from './support/test.ts'

for (const script of ['on', 'off'] as const) {
  test.describe(`script ${script}`, () => {
    test.use({ script })

    test('products are searched for and ticked without losing the ticks, then ordered', async ({ owner }) => {
      const mark = randomUUID().slice(0, 8)
      for (const title of ['Jug', 'Cup', 'Bowl']) await createProduct({ title: `${title} ${mark}` })
      await owner.goto('/admin/collections')
      await owner.getByLabel('Title of a new manual collection').fill(`Table ${mark}`)
      await owner.getByRole('button', { name: 'Create' }).click()
      const search = owner.getByRole('searchbox', { name: 'Search products by title or vendor' })
      for (const title of ['Jug', 'Cup']) {
        await search.fill(`${title} ${mark}`)
        await owner.getByRole('button', { name: 'Search' }).click()
        await expect(owner.getByText('1 found')).toBeVisible()
        await owner.getByRole('checkbox', { name: `${title} ${mark}` }).check()
      }
      await search.fill(mark)
      await search.press('Enter')
      await expect(owner.getByText('3 found')).toBeVisible()
      await expect(owner.getByRole('checkbox', { checked: true })).toHaveCount(2)
      await owner.getByRole('button', { name: 'Add selected' }).click()
      await expect(owner.getByRole('status').filter({ hasText: '2 products added.' })).toBeVisible()
      await expect(search).toHaveValue(mark)
      const members = owner.getByRole('list').locator('> li', { hasText: mark })
      await expect(members).toHaveText([/^Cup/, /^Jug/])
      await owner.getByRole('button', { name: `Move Jug ${mark} up` }).click()
      await expect(members).toHaveText([/^Jug/, /^Cup/])
      if (script === 'off') return
      // The list shows the new order before it is saved.
      const { promise: isSeen, resolve: answer } = Promise.withResolvers<void>()
      await owner.route(/products\/\d+\.data$/, (route) => isSeen.then(() => route.continue()))
      await members
        .nth(1)
        .locator('.grip')
        .dragTo(members.nth(0), { targetPosition: { x: 20, y: 5 } })
      await expect(members).toHaveText([/^Cup/, /^Jug/])
      await expect(owner.getByText('Saving…')).toBeVisible()
      const asked = owner.waitForEvent('dialog')
      const reloaded = owner.reload({ timeout: 2_000 }).catch(() => 'stayed')
      await (await asked).dismiss()
      expect(await reloaded).toBe('stayed')
      answer()
      await expect(owner.getByText('Saved', { exact: true })).toBeVisible()
      await expect(owner.getByRole('button', { name: `Move Cup ${mark} up` })).toBeDisabled()
      await owner.reload()
      await expect(members).toHaveText([/^Cup/, /^Jug/])
    })

    test('the order of the menu is set where it is seen', async ({ owner }) => {
      const mark = randomUUID().slice(0, 8)
      for (const title of ['One', 'Two']) {
        await owner.goto('/admin/collections')
        await owner.getByLabel('Title of a new manual collection').fill(`${title} ${mark}`)
        await owner.getByRole('button', { name: 'Create' }).click()
        await expect(owner.getByRole('heading', { name: `${title} ${mark}` })).toBeVisible()
      }
      await owner.goto('/admin/collections/menu')
      const preview = owner.getByRole('region', { name: 'Preview' }).getByRole('listitem')
      await expect(preview.filter({ hasText: mark })).toHaveText([`One ${mark}`, `Two ${mark}`])
      await owner.getByRole('button', { name: `Move Two ${mark} up` }).click()
      await expect(preview.filter({ hasText: mark })).toHaveText([`Two ${mark}`, `One ${mark}`])
    })
  })
}

test('conditions count their products while they are typed', async ({ owner }) => {
  await owner.goto('/admin/collections/new')
  await owner.getByLabel('Title', { exact: true }).fill('Pottery')
  await expect(owner.getByText('Unsaved changes')).toBeVisible()
  const value = owner.getByLabel('Condition 1: value')
  // The first count is still being answered when its condition changes.
  const counting = owner.waitForRequest(/value=Pott&/)
  await owner.route(/value=Pott&/, () => {})
  await value.pressSequentially('Pott')
  await counting
  await value.pressSequentially('ery')
  await expect(owner.getByText('0 products match these conditions.')).toBeVisible()
})
