import { readFile } from 'node:fs/promises'
import { eq } from 'drizzle-orm'
import { createCollection } from '#app/domain/collections/collection-editor.server.ts'
import { endPromotion } from '#app/domain/promotions/edit-promotion.server.ts'
import { db } from '#db/client.ts'
import { promotions } from '#db/schema/index.ts'
import { createProduct, createShop, now } from '../support/cast.ts'
import { resetPricing } from '../support/pricing.ts'
import { expect, test } from './support/test.ts'

test.afterEach(async () => resetPricing())

test('the owner creates each kind of promotion, edits one and generates codes', async ({ owner, script }) => {
  const { olga } = await createShop()
  await createProduct({ title: 'Copper kettle' })
  const collection = await createCollection({
    ...{ title: 'Tea time', handle: '', description: '', parentId: null, position: 0 },
    ...{ kind: 'manual', match: 'all', rules: [], isShown: true, publishedAt: null },
    ...{ seoTitle: '', seoDescription: '', now, by: olga },
  })
  if (!collection.ok) throw new Error(collection.reason)
  const row = (title: string) => owner.getByRole('row').filter({ hasText: title })
  const open = async (kind: string) => {
    await owner.goto('/admin/promotions')
    await owner.getByRole('link', { name: 'Create promotion' }).click()
    await expect(owner.getByRole('heading', { level: 1, name: 'New promotion' })).toBeVisible()
    await owner.getByRole('link', { name: kind }).click()
  }
  const field = (name: string) => owner.getByRole('textbox', { name, exact: true })
  const choose = (name: string | RegExp) => owner.getByRole('radio', { name }).check()
  const create = async (title: string) => {
    await field('Title').fill(title)
    await owner.getByRole('button', { name: 'Create promotion' }).click()
  }
  const wasCreated = (title: string) => expect(owner.getByText(`“${title}” was created.`)).toBeVisible()

  await open('Free shipping')
  await choose(/^Automatically/)
  await create('Ships free')
  await wasCreated('Ships free')

  await open('Amount off')
  await field('Amount').fill('5')
  await expect(owner.getByRole('button', { name: 'Generate random code' })).toHaveCount(
    script === 'on' ? 1 : 0,
  )
  await field('Code').fill('with space')
  await create('Five off')
  await expect(owner.getByRole('alert')).toContainText('without spaces')
  await expect(field('Amount')).toHaveValue('5')
  if (script === 'on') {
    await owner.getByRole('button', { name: 'Generate random code' }).click()
    await expect(field('Code')).toHaveValue(/^[2-9A-Z]{8}$/)
  }
  await field('Code').fill('five')
  await owner.getByRole('button', { name: 'Create promotion' }).click()
  await wasCreated('Five off')

  await open('Buy X get Y')
  await choose(/^Automatically/)
  await field('Quantity').fill('2')
  await field('Quantity they get').fill('1')
  const gets = owner.getByRole('group', { name: 'Items they get' })
  await gets.getByRole('radio', { name: 'Chosen products' }).check()
  await gets.getByRole('searchbox').fill('kettle')
  // Enter searches: it does not create anything.
  await gets.getByRole('searchbox').press('Enter')
  await gets.getByRole('checkbox', { name: 'Copper kettle' }).check()
  await create('Two plus one')
  await wasCreated('Two plus one')
  await expect(gets.getByRole('checkbox', { name: 'Copper kettle' })).toBeChecked()

  await open('Percentage off')
  await choose(/^With generated codes/)
  await field('Percentage').fill('20')
  await choose('Chosen products and collections')
  await create('Tea week')
  await expect(owner.getByRole('alert')).toContainText('Choose at least one product or collection.')
  await owner.getByRole('checkbox', { name: 'Tea time' }).check()
  await owner.getByRole('button', { name: 'Create promotion' }).click()
  await wasCreated('Tea week')

  await owner.getByRole('spinbutton', { name: 'Number of codes' }).fill('12')
  await field('Prefix (optional)').fill('tea-')
  await owner.getByRole('button', { name: 'Generate codes' }).click()
  await expect(owner.getByText('12 codes generated.')).toBeVisible()
  await expect(owner.getByRole('row').filter({ hasText: 'TEA-' })).toHaveCount(12)
  const download = owner.waitForEvent('download')
  await owner.getByRole('link', { name: 'Download all as CSV' }).click()
  const lines = (await readFile(await (await download).path(), 'utf8')).trim().split('\r\n')
  expect(lines).toHaveLength(13)
  expect(lines[1]).toMatch(/^"TEA-[2-9A-Z]{12}","Unused",""$/)
  const file = await owner.request.get(`${new URL(owner.url()).pathname}.csv`)
  expect(file.headers()).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'cache-control': 'private, no-store',
  })

  await owner.getByRole('link', { name: 'Details' }).click()
  await field('Percentage').fill('25.5')
  await owner.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(owner.getByText('Saved.', { exact: true })).toBeVisible()
  await owner.getByRole('button', { name: 'End now' }).click()
  await expect(owner.getByText('The promotion has ended.')).toBeVisible()
  await expect(owner.getByLabel('End (optional)')).not.toHaveValue('')

  await owner.goto('/admin/promotions')
  await expect(row('Ships free')).toContainText('Free shipping')
  await expect(row('Five off')).toContainText('FIVE')
  await expect(row('Two plus one')).toContainText('Buy 2 get 1 free')
  await expect(row('Tea week')).toContainText('25.5% off 1 collection')
  await expect(row('Tea week')).toContainText('12 generated codes')
  await expect(row('Tea week')).toContainText('Ended')
  const [shipping] = await db.select().from(promotions).where(eq(promotions.title, 'Ships free'))
  await endPromotion(shipping!.id, olga)
  if (script === 'on') await expect(row('Ships free')).toContainText('Ended')
  await owner.getByRole('link', { name: 'Five off' }).click()
  await owner.getByRole('link', { name: 'Delete promotion' }).click()
  await owner.getByRole('button', { name: 'Delete promotion' }).click()
  await expect(owner.getByText('“Five off” was deleted.')).toBeVisible()
})
