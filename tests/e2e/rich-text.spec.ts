import type { Page } from '@playwright/test'
import { eq } from 'drizzle-orm'
import { db } from '#db/client.ts'
import { products } from '#db/schema/index.ts'
import { createProduct } from '../support/cast.ts'
import { expect, test } from './support/test.ts'

const imported =
  '<h2>Sizes</h2>\n<table><thead><tr><th scope="col">Size</th><th>Chest</th></tr></thead>' +
  '<tbody><tr><td>S</td><td colspan="2">90\u00a0cm</td></tr></tbody></table>\n<hr /><p><strong>Warm</strong>\n and <em>soft</em>.</p>'

const editorOf = (page: Page) => page.getByRole('textbox', { name: 'Description (optional)' }).first()
const tool = (page: Page, name: string) =>
  page.getByRole('toolbar', { name: 'Formatting' }).getByRole('button', { name, exact: true })

test('a description is formatted with the keyboard and the toolbar, and shoppers see it', async ({
  owner,
  shopper,
}) => {
  const { productId, handle } = await createProduct()
  await owner.goto(`/admin/products/${productId}`)
  await expect(tool(owner, 'Bold')).toBeVisible()
  await editorOf(owner).click()
  await owner.keyboard.type('Soft & ')
  await owner.keyboard.press('Control+b')
  await owner.keyboard.type('warm')
  await owner.keyboard.press('Control+b')
  await owner.keyboard.type(' wool.')
  await owner.keyboard.press('Enter')
  await owner.keyboard.type('How to wash')
  await tool(owner, 'Heading').click()
  await expect(tool(owner, 'Heading')).toHaveAttribute('aria-pressed', 'true')
  await owner.keyboard.press('Enter')
  await owner.keyboard.type('Cold')
  await tool(owner, 'Bulleted list').click()
  await owner.keyboard.press('Enter')
  await owner.keyboard.type('Care guide')
  await owner.keyboard.press('Shift+Home')
  await owner.keyboard.press('Control+k')
  const dialog = owner.getByRole('dialog', { name: 'Add link' })
  await dialog.getByLabel('Address').fill('javascript:alert(1)')
  await dialog.getByLabel('Address').press('Enter')
  await expect(dialog.getByText('Enter an address such as')).toBeVisible()
  await dialog.getByLabel('Address').fill('example.com/care')
  await dialog.getByLabel('Address').press('Enter')
  await expect(dialog).toBeHidden()
  await expect(editorOf(owner)).toBeFocused()
  // Tab is not trapped, not even in a list.
  await owner.keyboard.press('Tab')
  await expect(editorOf(owner)).not.toBeFocused()

  await owner.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(owner.getByText('Saved.', { exact: true })).toBeVisible()
  await shopper.goto(`/products/${handle}`)
  expect(await shopper.locator('.prose').innerHTML()).toBe(
    '<p>Soft &amp; <b>warm</b> wool.</p><h2>How to wash</h2>' +
      '<ul><li>Cold</li><li><a href="https://example.com/care">Care guide</a></li></ul>',
  )
})

test('a description that was only looked at is saved as it was', async ({ owner }) => {
  const { productId } = await createProduct()
  await db.update(products).set({ description: imported }).where(eq(products.id, productId))
  await owner.goto(`/admin/products/${productId}`)
  await expect(editorOf(owner).getByRole('columnheader', { name: 'Chest' })).toBeVisible()
  await editorOf(owner).getByText('soft').dblclick()
  await owner.keyboard.press('Control+b')
  await expect(owner.getByText('Unsaved changes')).toBeVisible()
  await tool(owner, 'Undo').click()
  await expect(owner.getByText('Unsaved changes')).toBeHidden()
  await owner.getByLabel('Title', { exact: true }).fill('Wool sweater')
  await owner.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(owner.getByRole('heading', { level: 1, name: 'Wool sweater' })).toBeVisible()
  const [saved] = await db.select().from(products).where(eq(products.id, productId))
  expect(saved!.description).toBe(imported)

  // A change keeps what the editor has no buttons for.
  await editorOf(owner).getByText('soft').dblclick()
  await owner.keyboard.press('ArrowRight')
  await owner.keyboard.type('er')
  await owner.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(owner.getByText('Unsaved changes')).toBeHidden()
  await expect
    .poll(async () => (await db.select().from(products).where(eq(products.id, productId)))[0]!.description)
    .toBe(
      '<h2>Sizes</h2><table><thead><tr><th scope="col">Size</th><th>Chest</th></tr></thead>' +
        '<tbody><tr><td>S</td><td colspan="2">90\u00a0cm</td></tr></tbody></table><hr />' +
        '<p><b>Warm</b> and <i>softer</i>.</p>',
    )
})

test('HTML can be written by hand, pasted text is sanitized, and "Discard" restores the text', async ({
  owner,
}) => {
  const { productId } = await createProduct()
  await db.update(products).set({ description: '<p>Old</p>' }).where(eq(products.id, productId))
  await owner.goto(`/admin/products/${productId}`)
  await tool(owner, 'Show HTML').click()
  await expect(editorOf(owner)).toHaveValue('Old')
  await editorOf(owner).fill('<h1>New</h1><script>document.title = "x"</script><p>Text</p>')
  await tool(owner, 'Show HTML').click()
  await expect(editorOf(owner).getByRole('heading', { level: 2, name: 'New' })).toBeVisible()
  expect(await editorOf(owner).innerHTML()).toBe('<h2>New</h2><p>Text</p>')

  await editorOf(owner).press('Control+a')
  await editorOf(owner).evaluate((editor) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData(
      'text/html',
      '<b style="font-weight:normal"><p class="MsoNormal">One <span style="font-weight:700">bold</span>' +
        '<img src="x"> <a href="javascript:x()">bad</a> <a href="/ok" style="color:red">good</a></p></b>',
    )
    editor.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  })
  await expect(editorOf(owner).getByRole('link', { name: 'good' })).toBeVisible()
  expect(await editorOf(owner).innerHTML()).toBe('<p>One <b>bold</b> <a>bad</a> <a href="/ok">good</a></p>')

  await owner.getByRole('button', { name: 'Discard' }).click()
  await expect(editorOf(owner)).toHaveText('Old')
  await expect(owner.getByText('Unsaved changes')).toBeHidden()
})
