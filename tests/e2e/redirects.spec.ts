import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { eq } from 'drizzle-orm'
import { deleteProduct } from '#app/domain/products/delete-product.server.ts'
import { db } from '#db/client.ts'
import { products } from '#db/schema/index.ts'
import { anyUser, createProduct } from '../support/cast.ts'
import { expect, test } from './support/test.ts'

const csv = (...lines: string[]) => ({
  name: 'redirects.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(['Redirect from,Redirect to', ...lines].join('\r\n')),
})

test('staff add, change and delete a redirect, and visitors follow it', async ({ owner, shopper }) => {
  const mark = randomUUID().slice(0, 8)
  await owner.goto('/admin/redirects')
  await owner.getByRole('link', { name: 'Add redirect' }).click()
  const path = owner.getByLabel('Old address')
  const target = owner.getByLabel('New address')
  await path.fill('/checkout')
  await target.fill('/collections/all')
  await owner.getByRole('button', { name: 'Save redirect' }).click()
  await expect(owner.getByRole('alert')).toContainText('This address is used by the store itself')
  await expect(target).toHaveValue('/collections/all')
  await path.fill(`/Old-${mark}`)
  await owner.getByRole('button', { name: 'Save redirect' }).click()
  await expect(owner.getByRole('status').filter({ hasText: 'Redirect saved.' })).toBeVisible()

  await shopper.goto(`/old-${mark}?utm_source=letter`)
  await expect(shopper).toHaveURL('/collections/all?utm_source=letter')

  await owner.getByRole('searchbox', { name: 'Search redirects by address' }).fill(mark)
  await owner.getByRole('searchbox', { name: 'Search redirects by address' }).press('Enter')
  await owner.getByRole('link', { name: `/old-${mark}` }).click()
  await target.fill('/collections')
  await owner.getByRole('button', { name: 'Save redirect' }).click()
  await owner.waitForURL(/\/admin\/redirects$/)
  await expect(owner.getByRole('status').filter({ hasText: 'Redirect saved.' })).toBeVisible()
  await shopper.goto(`/old-${mark}`)
  await expect(shopper).toHaveURL('/collections')

  await owner.getByRole('link', { name: `/old-${mark}` }).click()
  await owner.getByRole('link', { name: 'Delete' }).click()
  await owner.getByRole('button', { name: 'Delete redirect' }).click()
  await expect(owner.getByRole('status').filter({ hasText: 'Redirect deleted.' })).toBeVisible()
  await shopper.goto(`/old-${mark}`)
  await expect(shopper.getByRole('heading', { name: 'Page not found' })).toBeVisible()
})

test('the old address of a renamed product leads to it, and a deleted one says so', async ({ shopper }) => {
  const { productId, handle } = await createProduct({ title: 'Walnut bowl' })
  await db
    .update(products)
    .set({ handle: `renamed-${handle}` })
    .where(eq(products.id, productId))
  await shopper.goto(`/products/${handle}`)
  await expect(shopper).toHaveURL(`/products/renamed-${handle}`)
  await expect(shopper.getByRole('heading', { name: 'Walnut bowl', level: 1 })).toBeVisible()
  await deleteProduct(productId, anyUser)
  await shopper.goto(`/products/${handle}`)
  await expect(shopper.getByRole('heading', { name: 'This product is no longer sold' })).toBeVisible()
  await shopper.getByRole('main').getByRole('link', { name: 'Shop all' }).click()
  await expect(shopper).toHaveURL('/collections/all')
})

test('an import names the rows to fix, then brings all of them', async ({ owner, shopper }) => {
  const mark = randomUUID().slice(0, 8)
  await owner.goto('/admin/redirects')
  await owner.getByRole('link', { name: 'Import' }).last().click()
  const file = owner.getByLabel('CSV file')
  const button = owner.getByRole('button', { name: 'Import redirects' })
  await file.setInputFiles(csv(`/one-${mark},/collections`, `/two-${mark},nowhere`))
  await button.click()
  await expect(owner.getByRole('alert')).toHaveText('Nothing was imported: 1 row can’t be used.')
  const row = owner.getByRole('row').filter({ hasText: `/two-${mark}` })
  await expect(row).toContainText('3')
  await expect(row).toContainText('Enter a path of this store')
  await shopper.goto(`/one-${mark}`)
  await expect(shopper.getByRole('heading', { name: 'Page not found' })).toBeVisible()

  await file.setInputFiles(csv(`/one-${mark},/collections`, `/two-${mark},/collections/all`))
  await button.click()
  await expect(owner.getByRole('status').filter({ hasText: '2 redirects added.' })).toBeVisible()
  await shopper.goto(`/two-${mark}`)
  await expect(shopper).toHaveURL('/collections/all')
  const download = owner.waitForEvent('download')
  await owner.getByRole('link', { name: 'Export' }).click()
  const text = await readFile(await (await download).path(), 'utf8')
  expect(text.split('\r\n')[0]).toBe('"Redirect from","Redirect to"')
  expect(text).toContain(`"/one-${mark}","/collections"\r\n`)
})

test('staff find the addresses of the sitemap and the product feed', async ({ owner }) => {
  await owner.goto('/admin/search-engines')
  await expect(owner.getByLabel('Address of the sitemap')).toHaveValue(/\/sitemap\.xml$/)
  await expect(owner.getByLabel('Address of the product feed')).toHaveValue(/\/feeds\/google\.xml$/)
})
