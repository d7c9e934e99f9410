import type { Page } from '@playwright/test'
import { eq } from 'drizzle-orm'
import { db } from '#db/client.ts'
import { products, shippingMethods, shippingZonePlaces } from '#db/schema/index.ts'
import { createProduct } from '../support/cast.ts'
import { resetPricing } from '../support/pricing.ts'
import { expect, test } from './support/test.ts'

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

/** Follows a link, to the page with this title: the page before has fields of the same names. */
async function follow(page: Page, link: string, title: string) {
  await page.getByRole('link', { name: link }).click()
  await expect(page.getByRole('heading', { name: title }).first()).toBeVisible()
}

const name = (page: Page) => page.getByRole('textbox', { name: 'Name' })

for (const script of ['on', 'off'] as const) {
  test.describe(`script ${script}`, () => {
    test.use({ script })

    // The other tests of the file share the store.
    test.afterEach(resetPricing)

    test('a zone has a region, rates by weight with a free limit, and local pickup', async ({ owner }) => {
      await owner.goto('/admin/settings/shipping')
      await follow(owner, 'Add zone', 'New zone')
      await name(owner).fill('West')
      await owner.getByText('regions of United States').click()
      await owner.getByLabel('Oregon', { exact: true }).check()
      await press(owner, 'Add zone')
      await expect(owner.getByRole('heading', { level: 1, name: 'West' })).toBeVisible()
      const places = await db.select().from(shippingZonePlaces)
      expect(places.map(({ country, region }) => [country, region])).toEqual([['US', 'OR']])

      await follow(owner, 'Add method', 'New method')
      await name(owner).fill('Parcel')
      await owner.getByLabel('By weight').check()
      const row = (index: number) => owner.getByRole('group', { name: `Row ${index}` })
      await row(1).getByLabel('Below').fill('2')
      await row(1).getByLabel('Rate').fill('4.90')
      await row(2).getByLabel('From').fill('1')
      await row(2).getByLabel('Rate').fill('6.90')
      await owner.getByLabel('Free from').fill('50')
      await press(owner, 'Add method')
      await expect(owner.getByRole('alert')).toContainText('This row overlaps with another one.')
      await expect(row(1).getByLabel('Rate')).toHaveValue('4.90')
      await row(2).getByLabel('From').fill('5')
      await press(owner, 'Add method')
      await expect(
        owner.getByText('By weight: €4.90 for 0–2 kg, €6.90 from 5 kg, free from €50.00'),
      ).toBeVisible()
      await expect(owner.getByText('No rate for 2–5 kg')).toBeVisible()

      await follow(owner, 'Add method', 'New method')
      await name(owner).fill('Our shop')
      await owner.getByLabel('Local pickup').check()
      await owner.getByRole('textbox', { name: 'Rate', exact: true }).fill('0')
      await owner.getByLabel('Max. business days').fill('2')
      await press(owner, 'Add method')
      await expect(owner.getByText('Local pickup, ready in 2 business days')).toBeVisible()

      await follow(owner, 'Parcel', 'Parcel')
      await follow(owner, 'Delete method', 'Delete “Parcel”?')
      await press(owner, 'Delete method')
      await expect(owner.getByRole('heading', { level: 1, name: 'West' })).toBeVisible()
      expect(await db.$count(shippingMethods)).toBe(1)

      await owner.goto('/admin/settings/shipping')
      await expect(owner.getByText('United States (Oregon)')).toBeVisible()
      await follow(owner, 'Add zone', 'New zone')
      await name(owner).fill('America')
      await owner.getByText('regions of United States').click()
      await owner.getByLabel('Oregon', { exact: false }).check()
      await press(owner, 'Add zone')
      await expect(owner.getByRole('alert')).toContainText(
        'Oregon, United States is already in the zone “West”.',
      )
      await expect(name(owner)).toHaveValue('America')
    })

    test('a product gets a tax class with a rate of its own', async ({ owner }) => {
      const { productId } = await createProduct({ title: 'Poems' })
      await owner.goto(`/admin/products/${productId}`)
      await expect(owner.getByLabel('Tax class')).toHaveCount(0)
      await owner.goto('/admin/settings/taxes')
      await follow(owner, 'Add class', 'New tax class')
      await name(owner).fill('Books')
      await press(owner, 'Add class')
      await expect(owner.getByRole('link', { name: 'Books' })).toBeVisible()
      await follow(owner, 'Add rate', 'New tax rate')
      await owner.getByLabel('Country').selectOption('United States')
      await owner.getByLabel('State or province').fill('Ontario')
      await owner.getByLabel('Tax class').selectOption('Books')
      await owner.getByRole('textbox', { name: 'Rate' }).fill('8.875')
      await press(owner, 'Add rate')
      await expect(owner.getByRole('alert')).toContainText('Enter a state or province of this country')
      await owner.getByLabel('State or province').fill('new york')
      await press(owner, 'Add rate')
      await expect(owner.getByRole('row', { name: 'New York, United States' })).toContainText(
        /Books\s*8\.875%/,
      )

      await owner.goto(`/admin/products/${productId}`)
      await owner.getByLabel('Tax class').selectOption('Books')
      await press(owner, 'Save')
      await expect(owner.getByText('Saved.')).toBeVisible()
      await expect(owner.getByLabel('Tax class').locator(':checked')).toHaveText('Books')
      const [product] = await db.select().from(products).where(eq(products.id, productId))
      expect(product!.taxClassId).not.toBe(null)
    })
  })
}
