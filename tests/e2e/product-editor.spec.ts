import { asc, eq } from 'drizzle-orm'
import sharp from 'sharp'
import { db } from '#db/client.ts'
import { productImages, products, variants } from '#db/schema/index.ts'
import { createProduct } from '../support/cast.ts'
import { expect, test } from './support/test.ts'

test('a product with two options and an image is created on one page, and its prices and stock changed', async ({
  owner,
}) => {
  const title = `Tee ${Date.now()}`
  const bytes = await sharp({ create: { width: 400, height: 300, channels: 3, background: '#8c6f4a' } })
    .png()
    .toBuffer()
  await owner.goto('/admin/products')
  await owner.getByRole('link', { name: 'Add product' }).first().click()
  await expect(owner.getByRole('heading', { level: 1, name: 'New product' })).toBeVisible()
  await owner.getByLabel('Title', { exact: true }).fill(title)
  await owner.getByLabel('Description').first().fill('Soft & light.\n\nWash cold.')
  await owner
    .getByLabel('Add images')
    .setInputFiles({ name: 'tee.png', mimeType: 'image/png', buffer: bytes })
  await owner.getByLabel('Option 1').fill('Size')
  await owner.getByLabel('Values, separated by commas').nth(0).fill('S, M, L')
  await owner.getByLabel('Option 2').fill('Color')
  await owner.getByLabel('Values, separated by commas').nth(1).fill('Red, Blue')

  // Without a price it is not published unnoticed; nothing that was typed or chosen is lost.
  await owner.getByRole('button', { name: 'Save and publish' }).click()
  await expect(owner.getByRole('heading', { name: 'Publish without a price?' })).toBeVisible()
  await expect(owner.getByText('1 image is uploaded')).toBeVisible()
  await owner.getByRole('textbox', { name: 'Price', exact: true }).fill('25')
  await owner.getByRole('button', { name: 'Save and publish' }).click()
  await expect(owner.getByRole('heading', { level: 1, name: title })).toBeVisible()
  await expect(owner.getByRole('row')).toHaveCount(7)

  await owner.getByRole('textbox', { name: 'Price of M / Blue', exact: true }).fill('27.50')
  await owner.getByLabel('Stock of M / Blue').fill('4')
  await owner.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(owner.getByText('Saved.', { exact: true })).toBeVisible()
  await expect(owner.getByRole('textbox', { name: 'Price of M / Blue', exact: true })).toHaveValue('27.50')

  const [product] = await db.select().from(products).where(eq(products.title, title))
  expect(product).toMatchObject({
    status: 'active',
    description: '<p>Soft &amp; light.</p><p>Wash cold.</p>',
  })
  expect(await db.$count(productImages, eq(productImages.productId, product!.id))).toBe(1)
  const rows = await db
    .select()
    .from(variants)
    .where(eq(variants.productId, product!.id))
    .orderBy(asc(variants.position))
  expect(rows.map(({ price, stock }) => [price, stock])).toEqual([
    [2500, 0],
    [2500, 0],
    [2500, 0],
    [2750, 4],
    [2500, 0],
    [2500, 0],
  ])
})

test('a product without options has its price and stock in fields; Enter saves', async ({ owner }) => {
  const { productId, variantId } = await createProduct({ title: 'Clay pot', stock: 5 })
  await owner.goto(`/admin/products/${productId}`)
  await expect(owner.getByRole('table')).toHaveCount(0)
  await owner.getByLabel('In stock').fill('8')
  await owner.getByRole('textbox', { name: 'Price', exact: true }).fill('14.50')
  await owner.getByRole('textbox', { name: 'Price', exact: true }).press('Enter')
  await expect(owner.getByText('Saved.', { exact: true })).toBeVisible()
  const [variant] = await db.select().from(variants).where(eq(variants.id, variantId))
  expect(variant).toMatchObject({ price: 1450, stock: 8 })
})

test('leaving a changed product asks first, and a save or "Discard" ends that', async ({ owner, script }) => {
  test.skip(script !== 'on', 'without script nothing asks')
  const { productId } = await createProduct({ title: 'Clay pot' })
  await owner.goto(`/admin/products/${productId}`)
  const title = owner.getByLabel('Title', { exact: true })
  const question = owner.getByRole('dialog', { name: 'Leave without saving?' })
  const status = owner.getByText('Unsaved changes')
  await expect(async () => {
    await title.fill('Clay jug')
    await expect(status).toBeVisible({ timeout: 500 })
  }).toPass()
  await owner.getByRole('button', { name: 'Discard' }).click()

  const products = owner
    .getByRole('navigation', { name: 'Breadcrumb' })
    .getByRole('link', { name: 'Products' })
  // Back stays within the router only from a page that was opened by a link.
  await products.click()
  await owner.locator(`a[href="/admin/products/${productId}"]`).first().click()
  await title.fill('Clay jug')
  await products.click()
  await question.getByRole('button', { name: 'Stay on page' }).click()
  await expect(title).toHaveValue('Clay jug')
  await owner.goBack()
  await expect(question.getByRole('button', { name: 'Stay on page' })).toBeFocused()
  await owner.keyboard.press('Escape')
  await expect(question).toBeHidden()
  // The router goes forward again; a reload before that would cancel it.
  await expect(owner).toHaveURL(`/admin/products/${productId}`)
  const asked = owner.waitForEvent('dialog')
  const reloaded = owner.reload({ timeout: 2_000 }).catch(() => 'stayed')
  expect((await asked).type()).toBe('beforeunload')
  await (await asked).dismiss()
  expect(await reloaded).toBe('stayed')

  await owner.getByRole('button', { name: 'Discard' }).click()
  await expect(title).toHaveValue('Clay pot')
  await expect(status).toBeHidden()
  await title.fill('Clay cup')
  await owner.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(owner.getByRole('heading', { level: 1, name: 'Clay cup' })).toBeVisible()
  await expect(status).toBeHidden()

  await title.fill('Clay mug')
  await products.click()
  await question.getByRole('button', { name: 'Leave without saving' }).click()
  await expect(owner.getByRole('heading', { level: 1, name: 'Products' })).toBeVisible()
})
