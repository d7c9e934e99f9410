import type { Page } from '@playwright/test'
import { eq, ne } from 'drizzle-orm'
import sharp from 'sharp'
import { createCollection } from '#app/domain/collections/collection-editor.server.ts'
import { addMembers } from '#app/domain/collections/collection-members.server.ts'
import { storeUpload } from '#app/domain/media/store-upload.server.ts'
import { addProductImages } from '#app/domain/products/product-images.server.ts'
import { db } from '#db/client.ts'
import { media, products } from '#db/schema/index.ts'
import { createProduct, createShop, now } from '../support/cast.ts'
import { expect, test } from './support/test.ts'

/** A collection of two lamps and a mug; returns its URL. */
async function createLamps(): Promise<string> {
  const { olga } = await createShop()
  const ids = []
  for (const [title, type, stock] of [
    ['Desk lamp', 'Lamp', 5],
    ['Floor lamp', 'Lamp', 0],
    ['Mug', 'Mug', 5],
  ] as const) {
    const { productId } = await createProduct({ title, stock })
    await db.update(products).set({ type }).where(eq(products.id, productId))
    ids.push(productId)
  }
  const made = await createCollection({
    ...{ title: 'Lights', handle: '', description: '', parentId: null, position: 1, now, by: olga },
    ...{ kind: 'manual', match: 'all', rules: [], isShown: true, publishedAt: null },
    ...{ seoTitle: '', seoDescription: '' },
  })
  if (!made.ok) throw new Error(made.reason)
  await addMembers({ collectionId: made.id, productIds: ids, by: olga })
  return '/collections/lights'
}

const titles = (page: Page) => page.getByRole('main').getByRole('heading', { level: 3 })

/** Tab, until this has the focus. */
async function tabTo(page: Page, target: ReturnType<Page['locator']>) {
  await expect(async () => {
    await page.keyboard.press('Tab')
    await expect(target).toBeFocused({ timeout: 50 })
  }).toPass({ timeout: 20_000, intervals: [0] })
}

test('with the keyboard alone, the filter sheet says what is left, discards on Escape, and applies', async ({
  shopper,
}) => {
  const list = await createLamps()
  await shopper.setViewportSize({ width: 390, height: 800 })
  await shopper.goto(list)
  const open = shopper.getByRole('button', { name: 'Filter' })
  const sheet = shopper.getByRole('dialog', { name: 'Filter' })
  const lamp = sheet.getByRole('checkbox', { name: 'Lamp' })

  await open.focus()
  await shopper.keyboard.press('Enter')
  await tabTo(shopper, lamp)
  await shopper.keyboard.press('Space')
  await expect(sheet.getByRole('button', { name: 'Show 2 products' })).toBeVisible()
  await expect(titles(shopper)).toHaveCount(3)
  await shopper.keyboard.press('Escape')
  await expect(open).toBeFocused()
  await shopper.keyboard.press('Enter')
  await expect(lamp).not.toBeChecked()
  await expect(sheet.getByRole('button', { name: 'Show 3 products' })).toBeVisible()

  await tabTo(shopper, lamp)
  await shopper.keyboard.press('Space')
  await tabTo(shopper, sheet.getByRole('button', { name: 'Show 2 products' }))
  await shopper.keyboard.press('Enter')
  await expect(titles(shopper)).toHaveText(['Desk lamp', 'Floor lamp'])
  await expect(shopper).toHaveURL(/filter\.p\.type=Lamp/)
  await expect(shopper.getByRole('button', { name: 'Filter (1)' })).toBeFocused()
})

test('without JavaScript the filters are a form above the list', async ({ openBrowser, shop }) => {
  const page = await openBrowser({ baseURL: shop.origin, javaScriptEnabled: false })
  await page.goto('/collections/lights')
  await page.getByText('Filter').click()
  await page.getByRole('checkbox', { name: 'In stock only' }).check()
  await page.getByRole('button', { name: 'Show products' }).click()
  await expect(titles(page)).toHaveText(['Desk lamp', 'Mug'])
})

/** A product with two images that are ready; returns its handle. */
async function createPictured(): Promise<string> {
  const { olga } = await createShop()
  const { productId, handle } = await createProduct({ title: 'Tote' })
  const hashes = []
  for (const background of ['#203050', '#c0a050']) {
    const bytes = await sharp({ create: { width: 800, height: 1000, channels: 3, background } })
      .png()
      .toBuffer()
    const stored = await storeUpload({ filename: 'tote.png', bytes })
    if (!stored.ok) throw new Error(stored.reason)
    hashes.push(stored.hash)
  }
  await addProductImages({ productId, hashes, by: olga })
  const pending = () => db.$count(media, ne(media.status, 'ready'))
  await expect.poll(pending, { timeout: 30_000 }).toBe(0)
  return handle
}

test('with the keyboard alone, an image opens, is enlarged and changed, and gives the focus back', async ({
  shopper,
  openBrowser,
  shop,
}) => {
  const handle = await createPictured()
  await shopper.goto(`/products/${handle}`)
  const link = shopper.getByRole('link', { name: 'Enlarge image 1 of 2' })
  const dialog = shopper.getByRole('dialog', { name: 'Images of Tote' })
  await tabTo(shopper, link)
  await shopper.keyboard.press('Enter')
  await expect(dialog.getByRole('button', { name: 'Enlarge' })).toBeFocused()
  await shopper.keyboard.press('Enter')
  await expect(dialog.getByRole('button', { name: 'Show the whole image' })).toBeFocused()
  await shopper.keyboard.press('Enter')
  await shopper.keyboard.press('ArrowRight')
  await expect(dialog.getByRole('status')).toHaveText('2 of 2')
  await expect(dialog.getByRole('img', { name: 'Tote, image 2' })).toBeVisible()
  await shopper.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(link).toBeFocused()

  const plain = await openBrowser({ baseURL: shop.origin, javaScriptEnabled: false })
  await plain.goto(`/products/${handle}`)
  const address = await plain.getByRole('link', { name: 'Enlarge image 1 of 2' }).getAttribute('href')
  expect(address).toMatch(/\/800\.webp$/)
  expect((await plain.request.get(address!)).headers()['content-type']).toBe('image/webp')
})
