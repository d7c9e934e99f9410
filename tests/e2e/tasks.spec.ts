import type { Page } from '@playwright/test'
import { eq } from 'drizzle-orm'
import sharp from 'sharp'
import { db } from '#db/client.ts'
import {
  collectionProducts,
  collections,
  orderLines,
  orders,
  productImages,
  products,
  variants,
} from '#db/schema/index.ts'
import { createOrder, createProduct } from '../support/cast.ts'
import { perform } from './support/effort.ts'
import { expect, test } from './support/test.ts'

/** Everyday tasks of a merchant, from the admin's home page, and how many clicks each may take. */

let latest = Date.now()
const unique = (word: string) => `${word} ${(latest += 1)}`

const menu = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Admin' }).getByRole('link', { name }).click()

/** The row's link in the list that the page shows. */
const open = (page: Page, address: string) => page.locator(`main a[href="${address}"]`).first().click()

/** Choosing a file in the system's dialog is free, opening that dialog is not. */
async function chooseFile(
  page: Page,
  label: string,
  file: { name: string; mimeType: string; buffer: Buffer },
) {
  const dialog = page.waitForEvent('filechooser')
  await page.getByLabel(label).click()
  await (await dialog).setFiles(file)
}

const findProduct = async (title: string) =>
  (await db.select().from(products).where(eq(products.title, title)))[0]!

test('find what keeps the store from selling', async ({ owner }) => {
  const title = unique('Oversold jug')
  const { productId } = await createProduct({ title, stock: -2, allowBackorder: true })
  await perform(owner, { task: 'Product with stock below zero, from home', clicks: 3 }, async () => {
    await owner.getByRole('link', { name: 'Check the store’s health' }).click()
    await owner.getByRole('link', { name: /1 product has stock below zero/ }).click()
    await open(owner, `/admin/products/${productId}`)
    await expect(owner.getByRole('heading', { level: 1, name: title })).toBeVisible()
  })
})

test('duplicate a product', async ({ owner }) => {
  const title = unique('Blue jug')
  const { productId } = await createProduct({ title })
  await perform(owner, { task: 'Copy of a product', clicks: 3 }, async () => {
    await menu(owner, 'Products')
    await open(owner, `/admin/products/${productId}`)
    await owner.getByRole('button', { name: 'Duplicate' }).click()
    await expect(owner.getByRole('heading', { level: 1, name: `Copy of ${title}` })).toBeVisible()
  })
})

test('create a product with an image', async ({ owner }) => {
  const title = unique('Clay jug')
  const buffer = await sharp({ create: { width: 400, height: 300, channels: 3, background: '#8c6f4a' } })
    .png()
    .toBuffer()
  await perform(owner, { task: 'Simple product with an image', clicks: 4 }, async () => {
    await menu(owner, 'Products')
    await owner.getByRole('link', { name: 'Add product' }).first().click()
    await owner.getByLabel('Title', { exact: true }).fill(title)
    await owner.getByRole('textbox', { name: 'Price', exact: true }).fill('25')
    await chooseFile(owner, 'Add images', { name: 'jug.png', mimeType: 'image/png', buffer })
    await owner.getByRole('button', { name: 'Save and publish' }).click()
    await expect(owner.getByRole('heading', { level: 1, name: title })).toBeVisible()
  })
  const { id, handle } = await findProduct(title)
  expect(await db.$count(productImages, eq(productImages.productId, id))).toBe(1)
  await owner.goto(`/products/${handle}`)
  await expect(owner.getByText('€25.00').first()).toBeVisible()
})

test('create a product with two options', async ({ owner }) => {
  const title = unique('Tee')
  await perform(owner, { task: 'Product with two options', clicks: 8 }, async () => {
    await menu(owner, 'Products')
    await owner.getByRole('link', { name: 'Add product' }).first().click()
    await owner.getByLabel('Title', { exact: true }).fill(title)
    await owner.getByRole('textbox', { name: 'Price', exact: true }).fill('25')
    await owner.getByLabel('Option 1').fill('Size')
    await owner.getByLabel('Values, separated by commas').nth(0).fill('S, M, L')
    await owner.getByLabel('Option 2').fill('Color')
    await owner.getByLabel('Values, separated by commas').nth(1).fill('Red, Blue')
    await owner.getByRole('button', { name: 'Save and publish' }).click()
    await expect(owner.getByRole('heading', { level: 1, name: title })).toBeVisible()
  })
  const { id } = await findProduct(title)
  expect(await db.$count(variants, eq(variants.productId, id))).toBe(6)
})

test('change a price', async ({ owner }) => {
  const { productId, variantId } = await createProduct({ title: unique('Bowl') })
  await perform(owner, { task: 'Change a price', clicks: 3 }, async () => {
    await menu(owner, 'Products')
    await open(owner, `/admin/products/${productId}`)
    const price = owner.getByRole('textbox', { name: 'Price', exact: true })
    await price.fill('14.50')
    await price.press('Enter')
    await expect(owner.getByText('Saved.', { exact: true })).toBeVisible()
  })
  const [variant] = await db.select().from(variants).where(eq(variants.id, variantId))
  expect(variant!.price).toBe(1450)
})

for (const script of ['on', 'off'] as const)
  test.describe(`script ${script}`, () => {
    test.use({ script })

    test('change the stock in the list, which stays where it is', async ({ owner }) => {
      const title = unique('Cup')
      const { variantId } = await createProduct({ title, stock: 5 })
      const stock = owner.getByRole('spinbutton', { name: `Stock of ${title}` })
      const change = async () => {
        await stock.fill('12')
        await stock.press('Enter')
        await expect(owner.getByText('Stock is now 12.')).toBeVisible()
      }
      if (script === 'on')
        await perform(owner, { task: 'Change the stock', clicks: 2 }, async () => {
          await menu(owner, 'Products')
          await change()
        })
      else {
        await owner.goto(`/admin/products?q=${encodeURIComponent(title)}`)
        await change()
        await expect(owner).toHaveURL(/products\?q=Cup/)
      }
      await expect(stock).toHaveValue('12')
      if (script === 'on') await expect(stock).toBeFocused()
      const [variant] = await db.select().from(variants).where(eq(variants.id, variantId))
      expect(variant!.stock).toBe(12)
    })
  })

test('publish a product', async ({ owner }) => {
  const { productId, handle } = await createProduct({ title: unique('Plate') })
  await db.update(products).set({ status: 'draft', publishedAt: null }).where(eq(products.id, productId))
  await perform(owner, { task: 'Publish a product', clicks: 3 }, async () => {
    await menu(owner, 'Products')
    await open(owner, `/admin/products/${productId}`)
    await owner.getByRole('button', { name: 'Save and publish' }).click()
    await expect(owner.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible()
  })
  const [product] = await db.select().from(products).where(eq(products.id, productId))
  expect(product).toMatchObject({ status: 'active', publishedAt: expect.any(Date) })
  expect((await owner.request.get(`/products/${handle}`)).status()).toBe(200)
})

test('import a file', async ({ owner }) => {
  const title = unique('Rug')
  const buffer = Buffer.from(`Handle,Title,Variant Price\n${title.replace(' ', '-')},${title},49.00\n`)
  await perform(owner, { task: 'Import a CSV file', clicks: 3 }, async () => {
    await menu(owner, 'Imports')
    await expect(owner.getByText('The upload starts when you choose a file.')).toBeVisible()
    await chooseFile(owner, 'CSV file', { name: 'rugs.csv', mimeType: 'text/csv', buffer })
    await owner.getByRole('button', { name: 'Apply to 1 product' }).click()
    await expect(owner.getByRole('main').getByText('Applied', { exact: true })).toBeVisible()
  })
  expect((await findProduct(title)).title).toBe(title)
})

async function createPot(quantity: number): Promise<number> {
  const { variantId } = await createProduct({ title: unique('Pot'), stock: 10 })
  return (await createOrder({ variantId, quantity })).orderId
}

const orderOf = async (id: number) => (await db.select().from(orders).where(eq(orders.id, id)))[0]!

test('mark an order as paid', async ({ owner }) => {
  const orderId = await createPot(1)
  await perform(owner, { task: 'Mark an order as paid', clicks: 4 }, async () => {
    await menu(owner, 'Orders')
    await open(owner, `/admin/orders/${orderId}`)
    await owner.getByRole('button', { name: 'Mark as paid' }).click()
    await expect(owner.getByText('Payment recorded.')).toBeVisible()
  })
  expect((await orderOf(orderId)).paymentState).toBe('paid')
})

test('fulfill a part of an order', async ({ owner }) => {
  const orderId = await createPot(3)
  await perform(owner, { task: 'Fulfill part of an order', clicks: 4 }, async () => {
    await menu(owner, 'Orders')
    await open(owner, `/admin/orders/${orderId}`)
    await owner.getByRole('link', { name: 'Fulfill items' }).click()
    await owner.getByLabel(/^Quantity of Pot/).fill('1')
    await owner.getByRole('button', { name: 'Mark as shipped' }).click()
    await expect(owner.getByText('Shipped. Some items are still unfulfilled.')).toBeVisible()
  })
  const [line] = await db.select().from(orderLines).where(eq(orderLines.orderId, orderId))
  expect(line!.fulfilledQuantity).toBe(1)
})

test('cancel an order', async ({ owner }) => {
  const orderId = await createPot(1)
  await perform(owner, { task: 'Cancel an order', clicks: 4 }, async () => {
    await menu(owner, 'Orders')
    await open(owner, `/admin/orders/${orderId}`)
    await owner.getByRole('link', { name: 'Cancel order' }).click()
    await owner.getByRole('button', { name: 'Cancel order' }).click()
    await expect(owner.getByText('Order canceled. 1 item restocked.')).toBeVisible()
  })
  expect((await orderOf(orderId)).canceledAt).not.toBeNull()
})

test('create a collection of eight products', async ({ owner }) => {
  const word = unique('Vase')
  for (const number of [1, 2, 3, 4, 5, 6, 7, 8]) await createProduct({ title: `${word} no. ${number}` })
  await perform(owner, { task: 'Manual collection of 8 products', clicks: 14 }, async () => {
    await menu(owner, 'Collections')
    await owner.getByRole('link', { name: 'Add collection' }).first().click()
    await owner.getByLabel('Title', { exact: true }).first().fill(word)
    await owner.getByRole('button', { name: 'Save collection' }).click()
    const search = owner.getByLabel('Search products by title or vendor')
    await search.fill(word)
    await search.press('Enter')
    await expect(owner).toHaveURL(/q=Vase/)
    await expect(owner.getByText('8 found')).toBeVisible()
    for (const box of await owner.getByRole('checkbox', { name: word }).all()) await box.check()
    await owner.getByRole('button', { name: 'Add selected' }).click()
    await expect(owner.getByText('8 products added.')).toBeVisible()
  })
  const [collection] = await db.select().from(collections).where(eq(collections.title, word))
  expect(await db.$count(collectionProducts, eq(collectionProducts.collectionId, collection!.id))).toBe(8)
  await owner.goto(`/collections/${collection!.handle}`)
  await expect(owner.getByRole('main').getByRole('heading', { level: 3 })).toHaveCount(8)
})
