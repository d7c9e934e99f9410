import { expect, test } from 'vitest'
import { db } from '#db/client.ts'
import { settings as settingsTable } from '#db/schema/index.ts'
import { createOrder, createProduct, createShop, anyUser } from '#tests/support/cast.ts'
import type { SettingsSection } from '#app/urls.ts'
import {
  getSettings,
  isCurrencyFixed,
  readSettings,
  sectionVersion,
  type Settings,
  type SettingsValues,
  updateSettings,
} from './settings.server.ts'

/** Saves these fields of a section, as a user whose form shows `seen`, or else the current settings. */
async function save(section: SettingsSection, values: Partial<SettingsValues>, seen?: Settings) {
  const version = sectionVersion(section, seen ?? (await getSettings())!)
  return updateSettings({ section, version, values, by: anyUser })
}

test('settings are null until the shop is claimed', async () => {
  expect(await getSettings()).toBe(null)
})

test('saved settings are stored under a new version', async () => {
  const { settings } = await createShop()
  const changes = { shippingRate: 590, shippingCountries: ['IE', 'DE'] }
  expect(await save('shipping', changes)).toEqual({ ok: true })
  expect(await getSettings()).toMatchObject({ ...changes, version: settings.version + 1 })
})

test('a save of older settings is refused, and one of two concurrent saves is', async () => {
  const { settings } = await createShop()
  const results = await Promise.all(
    ['One', 'Two', 'Three'].map((shopName) => save('general', { shopName }, settings)),
  )
  expect(results.filter((result) => result.ok)).toHaveLength(1)
  const saved = await getSettings()
  expect(await save('general', { shopName: 'Four' }, settings)).toEqual({ ok: false, reason: 'stale' })
  expect(await getSettings()).toEqual(saved)
})

test('forms of different sections that were opened at the same time are both saved', async () => {
  const { settings } = await createShop()
  const results = await Promise.all([
    save('general', { tagline: 'Made by hand' }, settings),
    save('region', { timeZone: 'Europe/Vienna' }, settings),
    save('payments', { bankDetails: 'IBAN' }, settings),
    save('shipping', { shippingRate: 590 }, settings),
  ])
  expect(results).toEqual([{ ok: true }, { ok: true }, { ok: true }, { ok: true }])
  expect(await getSettings()).toMatchObject({
    ...{ tagline: 'Made by hand', timeZone: 'Europe/Vienna', bankDetails: 'IBAN', shippingRate: 590 },
    version: settings.version + 4,
  })
})

test('a rate that was typed in a former currency is refused', async () => {
  const { settings } = await createShop()
  expect(await save('region', { currency: 'JPY' })).toEqual({ ok: true })
  expect(await save('shipping', { shippingRate: 590 }, settings)).toEqual({ ok: false, reason: 'stale' })
})

test('a new currency has the digits of ISO 4217; a currency that stays keeps its digits', async () => {
  await createShop()
  const digits = async () => (await readSettings())!.currencyDigits
  await save('region', { currency: 'EUR' })
  expect(await digits()).toBe(2)
  await save('region', { currency: 'JPY' })
  expect(await digits()).toBe(0)
  await save('region', { currency: 'HUF' })
  expect(await digits()).toBe(2)
  await db.update(settingsTable).set({ currencyDigits: 0 })
  await save('region', { currency: 'HUF', locale: 'hu-HU' })
  expect(await digits()).toBe(0)
})

test('the currency can change only until there is an order', async () => {
  await createShop()
  expect(await isCurrencyFixed()).toBe(false)
  expect(await save('region', { currency: 'SEK' })).toEqual({ ok: true })
  await createOrder(await createProduct())
  expect(await isCurrencyFixed()).toBe(true)
  expect(await save('region', { currency: 'EUR', timeZone: 'Europe/Paris' })).toEqual({
    ok: false,
    reason: 'currency-fixed',
  })
  const saved = (await getSettings())!
  expect([saved.currency, saved.timeZone === 'Europe/Paris']).toEqual(['SEK', false])
  expect(await save('region', { currency: 'SEK', locale: 'sv-SE' })).toEqual({ ok: true })
})

test('a section of the settings saves its fields and leaves the others', async () => {
  const { settings } = await createShop()
  expect(await save('general', { tagline: 'Made by hand' })).toEqual({ ok: true })
  const { tagline: _tagline, version, updatedAt: _updatedAt, ...others } = settings
  expect(await getSettings()).toMatchObject({ ...others, tagline: 'Made by hand', version: version + 1 })
})

test('the database refuses a country that does not exist', async () => {
  const { settings } = await createShop()
  await expect(save('shipping', { shippingCountries: ['IE', 'XX'] })).rejects.toThrow()
  expect(await getSettings()).toEqual(settings)
})
