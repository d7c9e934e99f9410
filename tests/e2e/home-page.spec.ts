import { createCollection, deleteCollection } from '#app/domain/collections/collection-editor.server.ts'
import { addMembers } from '#app/domain/collections/collection-members.server.ts'
import { db } from '#db/client.ts'
import { homeSections } from '#db/schema/index.ts'
import { createProduct, createShop, now } from '../support/cast.ts'
import { createImageBytes } from '../support/images.ts'
import { expect, test } from './support/test.ts'

test.afterEach(() => db.delete(homeSections))

test('the owner composes the home page, and shoppers see it', async ({ owner, shopper, script }) => {
  const { olga } = await createShop()
  const pot = await createProduct({ title: 'Clay pot' })
  const collection = await createCollection({
    ...{ title: 'Autumn', handle: '', description: '', parentId: null, position: 0 },
    ...{ kind: 'manual', match: 'all', rules: [], isShown: true, publishedAt: null },
    ...{ seoTitle: '', seoDescription: '', now, by: olga },
  })
  if (!collection.ok) throw new Error(collection.reason)
  await addMembers({ collectionId: collection.id, productIds: [pot.productId], by: olga })
  await shopper.goto('/')
  await expect(shopper.getByRole('heading', { level: 1, name: 'Hill & Co' })).toBeVisible()

  await owner.goto('/admin/home-page')
  await owner.getByRole('link', { name: 'Featured collection' }).click()
  await owner.getByRole('button', { name: 'Add section' }).click()
  await expect(owner.getByRole('alert')).toContainText('Choose a collection.')
  await owner.getByLabel('Collection', { exact: true }).selectOption('Autumn')
  await owner.getByRole('button', { name: 'Add section' }).click()
  await expect(owner.getByText('Section added.')).toBeVisible()

  await owner.getByRole('link', { name: 'The name of the store' }).click()
  await owner.getByLabel(/^Heading/).fill('Made for gardens')
  const unsaved = owner.getByText('Unsaved changes')
  await expect(unsaved).toHaveCount(script === 'on' ? 1 : 0)
  await owner.getByLabel(/^Label/).fill('')
  await owner.getByRole('button', { name: 'Save' }).click()
  await expect(owner.getByRole('alert')).toContainText('Enter a label for the link.')
  await expect(owner.getByLabel(/^Heading/)).toHaveValue('Made for gardens')
  await expect(unsaved).toHaveCount(script === 'on' ? 1 : 0)
  await owner.getByLabel(/^Label/).fill('See autumn')
  await owner.getByLabel('Link to').selectOption('Autumn')
  await owner
    .getByRole('button', { name: 'Image', exact: true })
    .setInputFiles({ name: 'garden.png', mimeType: 'image/png', buffer: await createImageBytes() })
  await owner.getByLabel(/^Alt text/).fill('A garden in autumn')
  await owner.getByRole('button', { name: 'Save' }).click()
  await expect(owner.getByText('Section saved.')).toBeVisible()
  await owner.getByRole('button', { name: 'Hide New arrivals' }).click()
  await expect(owner.getByRole('button', { name: 'Show New arrivals' })).toBeVisible()
  await owner.getByRole('button', { name: 'Move Autumn up' }).click()
  await expect(owner.getByRole('listitem').filter({ hasText: 'Featured collection' }).first()).toBeVisible()

  const main = shopper.getByRole('main')
  await expect(async () => {
    await shopper.goto('/')
    await expect(main.getByRole('img', { name: 'A garden in autumn' })).toBeVisible({ timeout: 1_000 })
  }).toPass({ timeout: 20_000 })
  await expect(shopper.getByRole('heading', { level: 1, name: 'Made for gardens' })).toBeVisible()
  await expect(main.getByRole('heading', { level: 2 })).toHaveText(['Collections', 'Autumn'])
  await main.getByRole('link', { name: 'See autumn' }).click()
  await expect(shopper.getByRole('heading', { level: 1, name: 'Autumn' })).toBeVisible()

  await deleteCollection(collection.id, olga)
  await expect(async () => {
    await shopper.goto('/')
    await expect(main.getByRole('link', { name: 'See autumn' })).toHaveCount(0, { timeout: 1_000 })
  }).toPass({ timeout: 20_000 })
  await expect(shopper.getByRole('heading', { level: 1, name: 'Made for gardens' })).toBeVisible()
  await owner.goto('/admin/home-page')
  await expect(owner.getByText('Collection deleted: choose another')).toBeVisible()
})
