import { eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { createProduct as createFromForm, saveProduct } from '#app/domain/catalog/save-product.server.ts'
import { readSettings, sectionVersion, updateSettings } from '#app/domain/settings/settings.server.ts'
import { db } from '#db/client.ts'
import { products, taxClasses, taxRates } from '#db/schema/index.ts'
import { anyUser, createShop, now } from '#tests/support/cast.ts'
import { newProduct, openProductForm } from '#tests/support/product-form.ts'
import {
  createTaxClass,
  deleteTaxClass,
  getTaxClass,
  listTaxClasses,
  renameTaxClass,
} from './tax-classes.server.ts'
import { createTaxRate, deleteTaxRate, listTaxRates, updateTaxRate } from './tax-rates.server.ts'

const by = anyUser

beforeEach(async () => {
  await db.delete(taxRates)
  await db.delete(taxClasses)
})

async function makeClass(title: string): Promise<number> {
  await createTaxClass({ title, by })
  const [row] = await db.select().from(taxClasses).where(eq(taxClasses.title, title))
  return row!.id
}

const rate = { country: 'DE', region: '', taxClassId: null as number | null, rate: 19_000, by }

test('a place has one rate for each tax class, also with concurrent saves', async () => {
  await createShop()
  const taxClassId = await makeClass('Reduced')
  const results = await Promise.all([1, 2, 3].map(() => createTaxRate(rate)))
  expect(results.map((result) => result.ok || result.reason).sort()).toEqual([
    'rate-taken',
    'rate-taken',
    true,
  ])
  expect(await createTaxRate({ ...rate, taxClassId, rate: 7_000 })).toEqual({ ok: true })
  expect(await createTaxRate({ ...rate, country: 'US', region: 'CA' })).toEqual({ ok: true })
  expect(
    (await listTaxRates()).map(({ countryName, regionName, taxClass, rate }) => [
      ...[countryName, regionName, taxClass, rate],
    ]),
  ).toEqual([
    ['Germany', '', null, 19_000],
    ['Germany', '', 'Reduced', 7_000],
    ['United States', 'California', null, 19_000],
  ])
})

test('a rate that was saved since is not overwritten, and not moved to a place with a rate', async () => {
  await createShop()
  await createTaxRate(rate)
  await createTaxRate({ ...rate, country: 'AT' })
  const [austrian, german] = await listTaxRates()
  const save = (changes: object) => updateTaxRate({ ...rate, id: german!.id, version: 1, ...changes })
  expect(await save({ country: 'AT' })).toEqual({ ok: false, reason: 'rate-taken' })
  expect(await save({ taxClassId: 999 })).toEqual({ ok: false, reason: 'class-deleted' })
  expect(await save({ rate: 20_000 })).toEqual({ ok: true })
  expect(await save({ rate: 21_000 })).toEqual({ ok: false, reason: 'stale' })
  expect(await deleteTaxRate(austrian!.id, by)).toEqual({ ok: true })
  expect(await deleteTaxRate(austrian!.id, by)).toBe(null)
  expect((await listTaxRates()).map((row) => row.rate)).toEqual([20_000])
})

test('names of tax classes differ in more than case', async () => {
  await createShop()
  const id = await makeClass('Reduced')
  expect(await createTaxClass({ title: 'REDUCED', by })).toEqual({ ok: false, reason: 'title-taken' })
  await makeClass('Books')
  const rename = (title: string, version: number) => renameTaxClass({ id, title, version, by })
  expect(await rename('books', 1)).toEqual({ ok: false, reason: 'title-taken' })
  expect(await rename('Food', 1)).toEqual({ ok: true })
  expect(await rename('Meals', 1)).toEqual({ ok: false, reason: 'stale' })
  expect((await listTaxClasses()).map(({ title }) => title)).toEqual(['Books', 'Food'])
})

test('without its tax class a product and shipping are taxed at the standard rate', async () => {
  await createShop()
  const taxClassId = await makeClass('Reduced')
  await createTaxRate({ ...rate, taxClassId })
  const made = await createFromForm({ ...newProduct, taxClassId, now, by })
  if (!made.ok) throw new Error(made.reason)
  const settings = (await readSettings())!
  const taxed = { shippingTax: 'class', shippingTaxClassId: taxClassId } as const
  await updateSettings({ section: 'taxes', version: sectionVersion('taxes', settings), values: taxed, by })
  expect(await getTaxClass(taxClassId)).toMatchObject({ productCount: 1, rateCount: 1, isForShipping: true })
  expect(await deleteTaxClass(taxClassId, by)).toEqual({ title: 'Reduced' })
  const [product] = await db.select().from(products).where(eq(products.id, made.id))
  expect(product!.taxClassId).toBe(null)
  expect(await db.$count(taxRates)).toBe(0)
  expect(await readSettings()).toMatchObject({ shippingTax: 'class', shippingTaxClassId: null })
})

test('a form with a tax class that was deleted meanwhile is refused, of a product as of the settings', async () => {
  await createShop()
  const taxClassId = await makeClass('Reduced')
  const made = await createFromForm({ ...newProduct, taxClassId, now, by })
  if (!made.ok) throw new Error(made.reason)
  const form = await openProductForm(made.id)
  expect(form.taxClassId).toBe(taxClassId)
  await deleteTaxClass(taxClassId, by)
  expect(await saveProduct(form)).toEqual({ ok: false, reason: 'tax-class-deleted' })
  const version = sectionVersion('taxes', (await readSettings())!)
  const values = { shippingTax: 'class', shippingTaxClassId: taxClassId } as const
  expect(await updateSettings({ section: 'taxes', version, values, by })).toEqual({
    ...{ ok: false, reason: 'class-deleted' },
  })
})
