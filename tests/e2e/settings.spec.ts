import { db } from '#db/client.ts'
import { settings } from '#db/schema/index.ts'
import { pick } from './support/pick.ts'
import { actWhileBusy, expect, test } from './support/test.ts'

for (const script of ['on', 'off'] as const) {
  test.describe(`script ${script}`, () => {
    test.use({ script })

    // The other tests of the file share the store.
    test.afterEach(async () => {
      await db.update(settings).set({ timeZone: 'Europe/Berlin', locale: 'en-IE', shippingCountries: [] })
    })

    test('each section saves itself, and the overview shows its state', async ({ owner }) => {
      await owner.goto('/admin/settings')
      await owner.getByRole('link', { name: 'Currency and region' }).click()
      await pick(owner, 'Time zone', 'Europe/Vienna')
      await pick(owner, 'Language and region', 'German (Austria) · de-AT')
      await owner.getByRole('button', { name: 'Save', exact: true }).click()
      await expect(owner.getByText('Saved.')).toBeVisible()

      await owner.goto('/admin/settings/shipping')
      await expect(owner.getByLabel('Austria', { exact: true })).toBeHidden()
      await owner.getByLabel('Selected countries').check()
      await owner.getByRole('button', { name: 'Save', exact: true }).click()
      await expect(owner.getByRole('alert')).toContainText('Choose at least one country')
      for (const name of ['Austria', 'Germany']) {
        if (script === 'on') await owner.getByLabel('Search countries').fill(name)
        await owner.getByLabel(name, { exact: true }).check()
      }
      await owner.getByRole('button', { name: 'Save', exact: true }).click()
      await expect(owner.getByText('Saved.')).toBeVisible()

      await owner.getByRole('link', { name: 'Settings' }).last().click()
      const row = (title: string) => owner.getByRole('listitem').filter({ hasText: title })
      await expect(row('Currency and region')).toContainText('EUR · de-AT · Europe/Vienna')
      await expect(row('Rate, delivery time')).toContainText('Austria, Germany')
    })
  })
}

test('a second click on Save sends nothing', async ({ owner }) => {
  await owner.goto('/admin/settings/general')
  await expect(async () => {
    await owner.getByLabel(/^Tagline/).fill('Made by hand')
    await expect(owner.getByText('Unsaved changes')).toBeVisible({ timeout: 500 })
  }).toPass()
  const sent: string[] = []
  const { promise: isClicked, resolve: answer } = Promise.withResolvers<void>()
  await owner.route('**/general.data', async (route) => {
    sent.push(route.request().method())
    await isClicked
    await route.continue()
  })
  await actWhileBusy(owner)
  const save = owner.getByRole('button', { name: 'Save', exact: true })
  await save.dblclick()
  await expect(owner.getByText('Saving…')).toBeVisible()
  await save.click()
  answer()
  await expect(owner.getByText('Saved.')).toBeVisible()
  expect(sent).toEqual(['POST', 'GET'])
})
