import { expect, test } from 'vitest'
import { createOrder, createProduct, createShop, anyUser } from '#tests/support/cast.ts'
import { getSettings, isCurrencyFixed, updateSettings } from './settings.server.ts'

/** Saves the current settings with these changes, as a user who saw `version`. */
async function save(changes: Partial<Parameters<typeof updateSettings>[0]>) {
  const { id: _id, updatedAt: _updatedAt, ...shown } = (await getSettings())!
  return updateSettings({ ...shown, by: anyUser, ...changes })
}

test('settings are null until the shop is claimed', async () => {
  expect(await getSettings()).toBe(null)
})

test('saved settings are stored under a new version', async () => {
  const { settings } = await createShop()
  const changes = { shopName: 'Hill & Daughters', shippingRate: 590, shippingCountries: ['IE', 'DE'] }
  expect(await save(changes)).toEqual({ ok: true })
  expect(await getSettings()).toMatchObject({ ...changes, version: settings.version + 1 })
})

test('a save of older settings is refused, and one of two concurrent saves is', async () => {
  const { settings } = await createShop()
  const { version } = settings
  const results = await Promise.all(['One', 'Two', 'Three'].map((shopName) => save({ shopName, version })))
  expect(results.filter((result) => result.ok)).toHaveLength(1)
  const saved = await getSettings()
  expect(await save({ shopName: 'Four', version })).toEqual({ ok: false, reason: 'stale' })
  expect(await getSettings()).toEqual(saved)
})

test('the currency can change only until there is an order', async () => {
  await createShop()
  expect(await isCurrencyFixed()).toBe(false)
  expect(await save({ currency: 'SEK' })).toEqual({ ok: true })
  await createOrder(await createProduct())
  expect(await isCurrencyFixed()).toBe(true)
  expect(await save({ currency: 'EUR', shopName: 'Euro shop' })).toEqual({
    ok: false,
    reason: 'currency-fixed',
  })
  const saved = (await getSettings())!
  expect([saved.currency, saved.shopName === 'Euro shop']).toEqual(['SEK', false])
  expect(await save({ shopName: 'Crown shop' })).toEqual({ ok: true })
})

test('a section of the settings saves its fields and leaves the others', async () => {
  const { settings } = await createShop()
  const { version } = settings
  expect(await updateSettings({ tagline: 'Made by hand', version, by: anyUser })).toEqual({ ok: true })
  const { tagline: _tagline, version: _version, updatedAt: _updatedAt, ...others } = settings
  expect(await getSettings()).toMatchObject({ ...others, tagline: 'Made by hand', version: version + 1 })
})

test('the database refuses a country that does not exist', async () => {
  const { settings } = await createShop()
  await expect(save({ shippingCountries: ['IE', 'XX'] })).rejects.toThrow()
  expect(await getSettings()).toEqual(settings)
})
