import { expect, test } from 'vitest'
import { adaOrders, aProduct, olgaOpensHerShop, somebody } from '#tests/support/cast.ts'
import { getSettings, isCurrencyFixed, updateSettings } from './settings.server.ts'

/** Saves the settings as they are, but for these changes, as somebody who saw `version`. */
async function save(changes: Partial<Parameters<typeof updateSettings>[0]>) {
  const { id: _id, updatedAt: _updatedAt, ...shown } = (await getSettings())!
  return updateSettings({ ...shown, by: somebody, ...changes })
}

test('there are no settings until the shop is claimed', async () => {
  expect(await getSettings()).toBe(null)
})

test('what is saved is kept, under a new version', async () => {
  const { settings } = await olgaOpensHerShop()
  const changes = { shopName: 'Hill & Daughters', shippingRate: 590, shippingCountries: ['IE', 'DE'] }
  expect(await save(changes)).toEqual({ ok: true })
  expect(await getSettings()).toMatchObject({ ...changes, version: settings.version + 1 })
})

test('whoever saw older settings is refused, and of two at once one is', async () => {
  const { settings } = await olgaOpensHerShop()
  const { version } = settings
  const results = await Promise.all(['One', 'Two', 'Three'].map((shopName) => save({ shopName, version })))
  expect(results.filter((result) => result.ok)).toHaveLength(1)
  const kept = await getSettings()
  expect(await save({ shopName: 'Four', version })).toEqual({ ok: false, reason: 'stale' })
  expect(await getSettings()).toEqual(kept)
})

test('the currency can change until there is an order, and not afterwards', async () => {
  await olgaOpensHerShop()
  expect(await isCurrencyFixed()).toBe(false)
  expect(await save({ currency: 'SEK' })).toEqual({ ok: true })
  await adaOrders(await aProduct())
  expect(await isCurrencyFixed()).toBe(true)
  expect(await save({ currency: 'EUR', shopName: 'Euro shop' })).toEqual({
    ok: false,
    reason: 'currency-fixed',
  })
  const kept = (await getSettings())!
  expect([kept.currency, kept.shopName === 'Euro shop']).toEqual(['SEK', false])
  expect(await save({ shopName: 'Crown shop' })).toEqual({ ok: true })
})
