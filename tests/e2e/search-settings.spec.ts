import { randomUUID } from 'node:crypto'
import type { Locator, Page } from '@playwright/test'
import { createProduct } from '../support/cast.ts'
import { expect, test } from './support/test.ts'

async function choose(owner: Page, titles: string[], button: string) {
  const search = owner.getByRole('searchbox', { name: 'Search products by title or vendor' })
  await search.fill(titles[0]!.split(' ').at(-1)!)
  await search.press('Enter')
  // The checkboxes are new ones then.
  await expect(owner).toHaveURL(/[?&]q=/)
  for (const title of titles) await owner.getByRole('checkbox', { name: title }).check()
  await owner.getByRole('button', { name: button }).click()
}

const status = (owner: Page, text: string): Locator => owner.getByRole('status').filter({ hasText: text })

/** The titles of the products on a page of the store, once they are these. */
async function expectCards(shopper: Page, address: string, titles: string[], within = 'main') {
  await expect(async () => {
    await shopper.goto(address)
    await expect(shopper.locator(within).getByRole('heading', { level: 3 })).toHaveText(titles, {
      timeout: 1_000,
    })
  }).toPass()
}

for (const script of ['on', 'off'] as const) {
  test.describe(`script ${script}`, () => {
    test.use({ script })

    test('staff choose the related products of a product, and their order', async ({ owner, shopper }) => {
      const mark = randomUUID().slice(0, 8)
      // Words that products of other tests do not have: they would be similar.
      const title = `${script === 'on' ? 'Trowel' : 'Dibber'} ${mark}`
      const own = await createProduct({ title })
      for (const other of ['Rake', 'Spade']) await createProduct({ title: `${other} ${mark}` })
      await owner.goto(`/admin/products/${own.productId}`)
      await owner.getByRole('link', { name: 'Choose related products' }).click()
      await expect(owner.getByRole('heading', { name: 'No products chosen' })).toBeVisible()
      await choose(owner, [`Rake ${mark}`, `Spade ${mark}`], 'Add selected')
      await expect(status(owner, '2 products added.')).toBeVisible()
      const chosen = owner.getByRole('region', { name: 'Related products' }).getByRole('listitem')
      await expect(chosen).toHaveText([/^Rake/, /^Spade/])
      // The product itself cannot be chosen.
      await expect(owner.getByText('No other products match.')).toBeVisible()
      await owner.getByRole('button', { name: `Move Spade ${mark} up` }).click()
      await expect(chosen).toHaveText([/^Spade/, /^Rake/])
      const related = 'section[aria-labelledby=related]'
      await expectCards(shopper, `/products/${own.handle}`, [`Spade ${mark}`, `Rake ${mark}`], related)
      await owner.getByRole('button', { name: `Remove Spade ${mark}` }).click()
      await expect(chosen).toHaveText([/^Rake/])
      await owner.getByRole('link', { name: title }).first().click()
      await expect(owner.getByText('1 product is shown first under “You may also like”.')).toBeVisible()
    })

    test('staff add synonyms and pin a product, and searches find them', async ({ owner, shopper }) => {
      const mark = randomUUID().slice(0, 8)
      await createProduct({ title: `Sofa${mark}` })
      await createProduct({ title: `Mug ${mark}` })
      await owner.goto('/admin/search')
      const words = owner.getByLabel('Words that mean the same')
      await words.fill(`couch${mark}`)
      await owner.getByRole('button', { name: 'Add synonyms' }).click()
      await expect(owner.getByRole('alert')).toContainText('Enter at least two words')
      await expect(words).toHaveValue(`couch${mark}`)
      await words.fill(`Couch${mark}, sofa${mark}`)
      await owner.getByRole('button', { name: 'Add synonyms' }).click()
      await expect(status(owner, 'Synonyms added.')).toBeVisible()
      await expectCards(shopper, `/search?q=couch${mark}`, [`Sofa${mark}`])
      await owner.getByRole('link', { name: `Couch${mark}, sofa${mark}` }).click()
      await expect(owner.getByRole('heading', { name: 'Edit synonyms' })).toBeVisible()
      await words.fill(`Couch${mark}, sofa${mark}, divan${mark}`)
      await owner.getByRole('button', { name: 'Save' }).click()
      await expect(status(owner, 'Synonyms saved.')).toBeVisible()
      await expectCards(shopper, `/search?q=divan${mark}`, [`Sofa${mark}`])

      await owner.getByRole('link', { name: 'Pinned results' }).click()
      await owner.getByLabel('Search query').fill(`DIVAN${mark}`)
      await owner.getByRole('button', { name: 'Choose products' }).click()
      await expect(owner.getByRole('heading', { name: 'No products pinned' })).toBeVisible()
      await choose(owner, [`Mug ${mark}`], 'Pin selected')
      await expect(status(owner, '1 product pinned.')).toBeVisible()
      await expectCards(shopper, `/search?q=divan${mark}`, [`Mug ${mark}`, `Sofa${mark}`])

      await owner.getByRole('link', { name: 'Product boosts' }).click()
      await expect(owner.getByRole('heading', { name: 'Boosted products' })).toBeVisible()
      await choose(owner, [`Mug ${mark}`], 'Show lower')
      await expect(status(owner, '1 product is shown lower.')).toBeVisible()
      await owner.getByRole('button', { name: `Remove Mug ${mark}` }).click()
      await expect(status(owner, 'Product ranks normally again.')).toBeVisible()
    })
  })
}
