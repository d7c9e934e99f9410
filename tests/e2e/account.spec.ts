import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { TOTP } from 'otpauth'
import { aPerson, aProduct, olgaOpensHerShop, password, stockBecomes } from '../support/cast.ts'
import { expectSignedOut, hasOrdered, isSignedIn, linkMailedTo, signInAs } from './support/customer.ts'
import { expectReceipt, fillInCheckout, placeButton, putIntoCart } from './support/shopping.ts'
import { expect, test } from './support/test.ts'

const newAddress = () => `new-${randomUUID()}@example.com`

const expectMessage = (page: Page, words: string) =>
  expect(page.getByRole('status').filter({ hasText: words })).toBeVisible()

for (const script of ['on', 'off'] as const) {
  test.describe(`script ${script}`, () => {
    test.use({ script })

    test('signing up takes a link by mail, and the cart of this device comes along', async ({ shopper }) => {
      const email = newAddress()
      await putIntoCart(shopper, { handle: (await aProduct()).handle, quantity: 2 })
      await shopper.goto('/signup')
      await shopper.getByLabel('E-mail').fill(email)
      await shopper.getByRole('button', { name: 'Send me the link' }).click()
      await expect(shopper.getByRole('heading', { level: 1, name: 'Look into your mail' })).toBeVisible()
      await shopper.goto(`/signup/${await linkMailedTo(email)}`)
      await shopper.getByLabel('Your name').fill('Carla Gauss')
      await shopper.getByLabel('Password').fill(password)
      await shopper.getByRole('button', { name: 'Create the account' }).click()
      await expect(shopper.getByRole('heading', { level: 1, name: 'Hello, Carla' })).toBeVisible()
      await expectMessage(shopper, '2 items from this device were added to your cart.')
      await expect(shopper.getByRole('link', { name: 'Cart, 2 items' })).toBeVisible()
      await expect(shopper.getByRole('link', { name: 'Account', exact: true }).first()).toBeVisible()
      await shopper.getByRole('button', { name: 'Sign out' }).click()
      await expect(shopper.getByRole('link', { name: 'Cart, 0 items' })).toBeVisible()
      await shopper.goto('/account')
      await expect(shopper).toHaveURL(/\/login\?next=%2Faccount$/)
    })

    test('the address book: add, keep what was typed, change, choose the default, delete', async ({
      shopper,
      shop,
    }) => {
      await isSignedIn(shopper, shop.origin)
      await shopper.goto('/account/addresses')
      await expect(shopper.getByRole('heading', { name: 'No addresses yet' })).toBeVisible()
      await shopper.getByRole('link', { name: 'Add an address' }).click()
      await expect(shopper.getByLabel('Full name')).toHaveValue('Carla Gauss')
      await shopper.getByLabel('Postcode').fill('D02 X285')
      await shopper.getByLabel('Street and house number').fill('12 Square')
      await shopper.getByLabel('Full name').fill('')
      await shopper.getByRole('button', { name: 'Save the address' }).click()
      await expect(shopper.getByRole('alert')).toContainText('Enter the town or city.')
      await expect(shopper.getByLabel('Postcode')).toHaveValue('D02 X285')
      await expect(shopper.getByLabel('Full name')).toHaveValue('')
      await shopper.getByLabel('Full name').fill('Carla Gauss')
      await shopper.getByLabel('Town or city').fill('Dublin')
      await shopper.getByRole('button', { name: 'Save the address' }).click()
      await expectMessage(shopper, 'The address is saved.')

      await shopper.goto('/account/addresses/new')
      await shopper.getByLabel('Street and house number').fill('7 Lane')
      await shopper.getByLabel('Town or city').fill('Cork')
      await shopper.getByRole('button', { name: 'Save the address' }).click()
      const card = (street: string) => shopper.getByRole('listitem').filter({ hasText: street })
      await expect(card('12 Square').getByText('Default', { exact: true })).toBeVisible()
      await card('7 Lane')
        .getByRole('button', { name: /^Make .* the default$/ })
        .click()
      await expect(card('7 Lane').getByText('Default', { exact: true })).toBeVisible()
      await expect(card('12 Square').getByText('Default', { exact: true })).toBeHidden()

      await card('12 Square')
        .getByRole('link', { name: /^Change/ })
        .click()
      await expect(shopper.getByLabel('Postcode')).toHaveValue('D02 X285')
      await shopper.getByLabel('Street and house number').fill('14 Square')
      await shopper.getByRole('button', { name: 'Save the address' }).click()
      await card('14 Square')
        .getByRole('link', { name: /^Delete/ })
        .click()
      await shopper.getByRole('button', { name: 'Delete the address' }).click()
      await expectMessage(shopper, 'The address is deleted.')
      await expect(card('14 Square')).toHaveCount(0)
      await expect(card('7 Lane')).toHaveCount(1)
    })

    test('ordering again brings what can be had, and says what cannot', async ({ shopper, shop }) => {
      const customer = await isSignedIn(shopper, shop.origin)
      const { olga } = await olgaOpensHerShop()
      const pot = await aProduct({ title: 'Clay pot' })
      const vase = await aProduct({ title: 'Tall vase' })
      await hasOrdered(customer, { ...pot, quantity: 3 }, vase)
      await stockBecomes(pot.variantId, 2, olga)
      await stockBecomes(vase.variantId, 0, olga)
      await shopper.goto('/account/orders')
      await expect(shopper.getByText('Waiting for your payment')).toBeVisible()
      await shopper.getByRole('button', { name: /^Order #\d+ again$/ }).click()
      await expect(shopper).toHaveURL(/\/cart$/)
      await expectMessage(
        shopper,
        '2 items were put into your cart. Clay pot: only 2 left. Tall vase: sold out.',
      )
      await expect(shopper.getByRole('spinbutton', { name: 'Quantity of Clay pot' })).toHaveValue('2')
    })

    test('a guest orders again from the receipt, and is offered an account', async ({ shopper }) => {
      const pot = await aProduct({ title: 'Clay pot' })
      await putIntoCart(shopper, pot)
      await shopper.goto('/checkout')
      const email = newAddress()
      await fillInCheckout(shopper)
      await shopper.getByLabel('E-mail').fill(email)
      await placeButton(shopper).click()
      await expectReceipt(shopper)
      const receipt = shopper.url()
      await shopper.getByRole('button', { name: /again$/ }).click()
      await expectMessage(shopper, '1 item was put into your cart.')
      await shopper.goto(receipt)
      await shopper.getByRole('button', { name: `Create an account with ${email}` }).click()
      await expect(shopper.getByRole('heading', { level: 1, name: 'Look into your mail' })).toBeVisible()
      await shopper.goto(`/signup/${await linkMailedTo(email)}`)
      await shopper.getByLabel('Your name').fill('Ada Byron')
      await shopper.getByLabel('Password').fill(password)
      await shopper.getByRole('button', { name: 'Create the account' }).click()
      await expect(shopper.getByRole('link', { name: /^Order #\d+$/ })).toBeVisible()
    })

    test('a new password signs the other browser out, and a wrong one is an error of its field', async ({
      shopper,
      someone,
      shop,
    }) => {
      const { email } = await isSignedIn(shopper, shop.origin)
      const other = await someone({ baseURL: shop.origin })
      await signInAs(other, email)
      await expect(other.getByRole('heading', { level: 1, name: 'Hello, Carla' })).toBeVisible()
      await shopper.goto('/account/password')
      const change = async (current: string, next: string) => {
        await shopper.getByLabel('Present password').fill(current)
        await shopper.getByLabel('New password').fill(next)
        await shopper.getByRole('button', { name: 'Change the password' }).click()
      }
      await change('not my password', 'five words are a row')
      await expect(shopper.getByRole('link', { name: 'This is not your password.' })).toBeVisible()
      await change(password, 'five words are a row')
      await expectMessage(shopper, 'Your password is changed.')
      await expectSignedOut(other, '/account')
      await signInAs(other, email, 'five words are a row')
      await expect(other.getByRole('heading', { level: 1, name: 'Hello, Carla' })).toBeVisible()
    })

    test('a second factor: set up, signed in with a code, then with a recovery code', async ({
      shopper,
      shop,
    }) => {
      const { email } = await isSignedIn(shopper, shop.origin)
      await shopper.goto('/account/two-factor')
      await shopper.getByLabel('Your password').fill('not the password')
      await shopper.getByRole('button', { name: 'Set up the second factor' }).click()
      await expect(shopper.getByRole('alert')).toContainText('This is not your password.')
      await shopper.getByLabel('Your password').fill(password)
      await shopper.getByRole('button', { name: 'Set up the second factor' }).click()
      await expect(shopper.getByRole('img', { name: /^QR code/ })).toBeVisible()
      const secret = (await shopper.locator('.secret').innerText()).replace(/\s/g, '')
      const code = (later = 0) => new TOTP({ secret }).generate({ timestamp: Date.now() + later * 30_000 })
      await shopper.getByRole('textbox', { name: 'Code' }).fill('000000')
      await shopper.getByRole('button', { name: 'Switch it on' }).click()
      await expect(shopper.getByRole('link', { name: /^This code is not right/ })).toBeVisible()
      await shopper.getByRole('textbox', { name: 'Code' }).fill(code())
      await shopper.getByRole('button', { name: 'Switch it on' }).click()
      await expect(shopper.getByRole('heading', { level: 1, name: 'Your recovery codes' })).toBeVisible()
      const recovery = (await shopper.locator('.codes pre').innerText()).trim().split('\n')
      expect(recovery).toHaveLength(10)
      await shopper.reload()
      await expect(shopper.getByRole('heading', { level: 1, name: 'New recovery codes' })).toBeVisible()

      const signInWith = async (typed: string) => {
        await shopper.goto('/account')
        await shopper.getByRole('button', { name: 'Sign out' }).click()
        await expect(shopper.getByRole('link', { name: 'Sign in' }).first()).toBeVisible()
        await signInAs(shopper, email)
        await shopper.getByRole('textbox', { name: 'Code' }).fill(typed)
        await shopper.getByRole('button', { name: 'Confirm' }).click()
      }
      // Each code works once, so this is the next one; the shop grants an app half a minute.
      await signInWith(code(1))
      await expect(shopper.getByRole('heading', { level: 1, name: 'Hello, Carla' })).toBeVisible()
      await signInWith(recovery[3]!)
      await expect(shopper.getByRole('heading', { level: 1, name: 'Hello, Carla' })).toBeVisible()
      await shopper.goto('/account/two-factor')
      await expect(shopper.getByText('9 codes are left')).toBeVisible()
      await shopper.goto('/account/two-factor/recovery-codes')
      await shopper.getByLabel('Your password').fill(password)
      await shopper.getByRole('button', { name: 'Show me new codes' }).click()
      await expect(shopper.locator('.codes pre')).toBeVisible()
      expect(await shopper.locator('.codes pre').innerText()).not.toContain(recovery[0])
      await shopper.goto('/account/two-factor/deletion')
      await shopper.getByLabel('Your password').fill(password)
      await shopper.getByRole('button', { name: 'Switch it off' }).click()
      await expectMessage(shopper, 'The second factor is off.')
    })

    test('devices are named, and one or all others can be signed out', async ({ shopper, someone, shop }) => {
      const { email } = await isSignedIn(shopper, shop.origin)
      const userAgent =
        'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1'
      const phone = await someone({ baseURL: shop.origin, userAgent })
      const laptop = await someone({ baseURL: shop.origin })
      await signInAs(phone, email)
      await signInAs(laptop, email)
      await expect(laptop.getByRole('heading', { level: 1, name: 'Hello, Carla' })).toBeVisible()
      await shopper.goto('/account/devices')
      await expect(shopper.getByText('This device')).toHaveCount(1)
      await shopper.getByRole('link', { name: 'Sign out Safari on iPhone' }).click()
      await shopper.getByRole('button', { name: 'Sign out Safari on iPhone' }).click()
      await expect(shopper.getByRole('alert')).toContainText('Enter your password.')
      await shopper.getByLabel('Your password').fill(password)
      await shopper.getByRole('button', { name: 'Sign out Safari on iPhone' }).click()
      await expectMessage(shopper, 'The device is signed out.')
      await expectSignedOut(phone, '/account')
      await shopper.getByRole('link', { name: 'Sign out all other devices' }).click()
      await shopper.getByLabel('Your password').fill('not the password')
      await shopper.getByRole('button', { name: 'Sign out all other devices' }).click()
      await expect(shopper.getByRole('alert')).toContainText('This is not your password.')
      await shopper.getByLabel('Your password').fill(password)
      await shopper.getByRole('button', { name: 'Sign out all other devices' }).click()
      await expect(shopper.getByText('You are signed in here and nowhere else.')).toBeVisible()
      await expectSignedOut(laptop, '/account')
    })

    test('another address is confirmed by its link', async ({ shopper, shop }) => {
      const { email } = await isSignedIn(shopper, shop.origin, { emailVerifiedAt: null })
      const next = newAddress()
      await shopper.goto('/account')
      await shopper.getByRole('link', { name: 'Send me the link' }).click()
      await expect(shopper.getByLabel('E-mail')).toHaveValue(email)
      await shopper.getByLabel('E-mail').fill(next)
      await shopper.getByLabel('Your password').fill(password)
      await shopper.getByRole('button', { name: 'Send me the link' }).click()
      await expectMessage(shopper, `A link is on its way to ${next}.`)
      await shopper.goto(`/confirm-email/${await linkMailedTo(next)}`)
      await shopper.getByRole('button', { name: 'Confirm the address' }).click()
      await expect(shopper.getByRole('main')).toContainText(next)
    })

    test('closing the account takes the password, and signs out', async ({ shopper, shop }) => {
      const { email } = await isSignedIn(shopper, shop.origin)
      await shopper.goto('/account/closure')
      const close = async (word: string) => {
        await shopper.getByLabel('Your password').fill(word)
        await shopper.getByRole('button', { name: 'Close my account for good' }).click()
      }
      await close('not my password')
      await expect(shopper.getByRole('link', { name: 'This is not your password.' })).toBeVisible()
      await close(password)
      await expectMessage(shopper, 'Your account is closed.')
      await signInAs(shopper, email)
      await expect(shopper.getByText('The e-mail address or the password is not right.')).toBeVisible()
    })

    test('the checkout begins with what is known, and what is typed wins', async ({ shopper, shop }) => {
      const { email } = await isSignedIn(shopper, shop.origin, { phone: '01 555' })
      const pot = await aProduct({ title: 'Clay pot' })
      await putIntoCart(shopper, pot)
      await shopper.goto('/checkout')
      await expect(shopper.getByLabel('E-mail')).toHaveValue(email)
      await expect(shopper.getByLabel('Full name')).toHaveValue('Carla Gauss')
      await expect(shopper.getByLabel('Phone')).toHaveValue('01 555')
      await fillInCheckout(shopper)
      await shopper.getByLabel('Phone').fill('')
      await shopper.getByLabel('Town or city').fill('')
      await placeButton(shopper).click()
      await expect(shopper.getByRole('alert')).toContainText('Enter the town or city.')
      await expect(shopper.getByLabel('Full name')).toHaveValue('Ada Byron')
      await expect(shopper.getByLabel('Phone')).toHaveValue('')
      await shopper.getByLabel('Town or city').fill('Dublin')
      await expect(shopper.getByLabel('Keep this address for next time')).toBeChecked()
      await placeButton(shopper).click()
      await expectReceipt(shopper)

      await shopper.goto('/account/addresses/new')
      await shopper.getByLabel('Street and house number').fill('7 Lane')
      await shopper.getByLabel('Town or city').fill('Cork')
      await shopper.getByRole('button', { name: 'Save the address' }).click()
      await expectMessage(shopper, 'The address is saved.')
      await putIntoCart(shopper, pot)
      await shopper.goto('/checkout')
      await expect(shopper.getByLabel('Street and house number')).toHaveValue('12 Square')
      await shopper.getByRole('link', { name: 'Carla Gauss, 7 Lane, Cork' }).click()
      await expect(shopper.getByLabel('Street and house number')).toHaveValue('7 Lane')
    })
  })
}

test('nobody reaches an address, a device or the export of somebody else', async ({
  shopper,
  someone,
  shop,
}) => {
  await isSignedIn(shopper, shop.origin)
  await shopper.goto('/account/addresses/new')
  await shopper.getByLabel('Street and house number').fill('7 Lane')
  await shopper.getByLabel('Town or city').fill('Cork')
  await shopper.getByRole('button', { name: 'Save the address' }).click()
  const href = await shopper.getByRole('link', { name: /^Change/ }).getAttribute('href')
  const eve = await someone({ baseURL: shop.origin })
  const { email } = await isSignedIn(eve, shop.origin)
  const { handle } = await aProduct()
  await putIntoCart(eve, { handle })
  const id = href!.split('/').at(-1)
  for (const address of [href!, `${href}/deletion`, `/checkout?address=${id}`]) {
    const answer = await eve.goto(address)
    expect(answer!.status(), address).toBe(404)
  }
  const file = await eve.request.get('/account/export.json')
  expect(file.headers()['content-disposition']).toContain('attachment')
  expect(file.headers()['cache-control']).toBe('private, no-store')
  expect(await file.json()).toMatchObject({ account: { email }, addresses: [], cart: [{ quantity: 1 }] })
  const stranger = await someone({ baseURL: shop.origin })
  const sentAway = await stranger.request.get('/account/export.json', { maxRedirects: 0 })
  expect(sentAway.status()).toBe(303)
})

test('the owner is told that a shop has an owner', async ({ owner }) => {
  await owner.goto('/account/closure')
  await expect(owner.getByText('this account cannot be closed')).toBeVisible()
  await expect(owner.getByLabel('Your password')).toHaveCount(0)
})

test('a person without any account gets the same answer for a taken address', async ({ shopper, shop }) => {
  await isSignedIn(shopper, shop.origin)
  const taken = await aPerson()
  for (const email of [taken.email, newAddress()]) {
    await shopper.goto('/account/email')
    await shopper.getByLabel('New address').fill(email)
    await shopper.getByLabel('Your password').fill(password)
    await shopper.getByRole('button', { name: 'Send me the link' }).click()
    await expectMessage(shopper, `A link is on its way to ${email}.`)
  }
})
