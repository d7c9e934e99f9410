import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { eq } from 'drizzle-orm'
import { db } from '#db/client.ts'
import { products } from '#db/schema/index.ts'
import { startImageServer } from '../support/image-server.ts'
import { openShop } from './support/shop.ts'
import { createShop, signIn } from '../support/cast.ts'
import { expect, test } from './support/test.ts'
import { uploadFile } from './support/upload.ts'

test('an import names its format, opens on rejected rows, and fetches its images', async ({
  openBrowser,
  script,
}) => {
  test.setTimeout(240_000)
  const images = await startImageServer()
  const shop = await openShop({ SESSION_SECRET: 's'.repeat(32), TEST_IMAGE_HOSTS: images.host })
  try {
    const { olga } = await createShop()
    const owner = await openBrowser({ baseURL: shop.origin })
    const cookie = { name: 'sid', value: await signIn(olga), url: shop.origin, httpOnly: true }
    await owner.context().addCookies([cookie])
    const rows = [
      'Handle;Title;Variant Price;Image Src',
      `cafe;Café chair;1.249,50;${images.origin}/chair.png`,
      `lamp;Lamp;49,00;${images.origin}/missing`,
      'bad;Bad lamp;=forty;',
    ]
    await owner.goto('/admin/imports')
    const file = { name: 'möbel.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\r\n'), 'latin1') }
    await uploadFile(owner, file, script)
    await expectSoon(owner, 'Ready to apply', script)
    await expect(
      owner.getByText('Semicolons as separators, Windows-1252 (“Café”), prices like 1.249,50.'),
    ).toBeVisible()

    await expect(owner.getByText('“=forty” is not a price.')).toBeVisible()
    const download = owner.waitForEvent('download')
    await owner.getByRole('link', { name: 'Download rejected rows (CSV)' }).click()
    const csv = await readFile(await (await download).path(), 'utf8')
    expect(csv.split('\r\n')[1]).toBe(
      `"4","Variant Price","'=forty","“=forty” is not a price. Write it like 9.99.","bad"`,
    )

    await owner.getByRole('button', { name: 'Apply to 2 products' }).click()
    await expectSoon(owner, '0 waiting, 1 fetched, 1 failed.', script)
    await owner.getByRole('link', { name: '1 failed' }).click()
    await expect(owner.getByText('There is no image at this address (404).')).toBeVisible()
    await owner.getByRole('button', { name: /^Try again/ }).click()
    await expect.poll(() => images.requests.get('/missing'), { timeout: 20_000 }).toBe(2)

    await owner.goto('/admin/products')
    await owner.getByRole('link', { name: /^Without image/ }).click()
    await expect(owner.getByRole('link', { name: 'Lamp', exact: true })).toBeVisible()
    await expect(owner.getByRole('link', { name: 'Café chair' })).toBeHidden()

    await owner.goto('/admin/products')
    const exported = owner.waitForEvent('download')
    await owner.getByRole('link', { name: 'Export', exact: true }).click()
    const exportedText = await readFile(await (await exported).path(), 'utf8')
    expect(exportedText).toContain('\r\ncafe,Café chair,')

    await db.update(products).set({ vendor: 'Hill' }).where(eq(products.handle, 'lamp'))
    await owner.goto('/admin/imports')
    await owner.getByRole('link', { name: 'möbel.csv' }).click()
    await owner.getByRole('link', { name: 'Undo import' }).click()
    await expect(owner.getByText('2 new products will be deleted.')).toBeVisible()
    await owner.getByRole('button', { name: 'Undo import' }).click()
    await expectSoon(owner, 'Partly undone', script)
    await expect(owner.getByRole('row', { name: /^Lamp/ })).toContainText('It was changed after the import.')
    await owner.goto('/admin/products')
    await expect(owner.getByRole('link', { name: 'Lamp', exact: true })).toBeVisible()
    await expect(owner.getByRole('link', { name: 'Café chair' })).toBeHidden()
    await owner.goto('about:blank')
  } finally {
    await shop.stop()
    await images.stop()
  }
})

/** Without script the owner reloads. */
async function expectSoon(page: Page, text: string, script: string) {
  const found = page.getByRole('main').getByText(text, { exact: true })
  if (script === 'on') return expect(found).toBeVisible({ timeout: 30_000 })
  await expect(async () => {
    await page.reload()
    await expect(found).toBeVisible({ timeout: 1_000 })
  }).toPass({ timeout: 30_000 })
}
