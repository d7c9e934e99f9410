import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { TOTP } from 'otpauth'
import { createUser, createProduct, createShop, password, setStock } from '../support/cast.ts'
import {
  expectSignedOut,
  placeCustomerOrder,
  signInAsNewUser,
  linkEmailedTo,
  signInAs,
} from './support/customer.ts'
import { expectReceipt, fillInCheckout, placeButton, addToCartInBrowser } from './support/shopping.ts'
import { expect, test } from './support/test.ts'

const newAddress = () => `new-${randomUUID()}@example.com`

const expectMessage = (page: Page, text: string) =>
  expect(page.getByRole('status').filter({ hasText: text })).toBeVisible()

for (const script of ['on', 'off'] as const) {
  test.describe(`script ${script}`, () => {
    test.use({ script })

    test('signing up uses an emailed link, and keeps the cart of this device', async ({ shopper }) => {
      const email = newAddress()
      await addToCartInBrowser(shopper, { handle: (await createProduct()).handle, quantity: 2 })
      await shopper.goto('/signup')
      await shopper.getByLabel('Email').fill(email)
      await shopper.getByRole('button', { name: 'Request a link' }).click()
      await expect(shopper.getByRole('heading', { level: 1, name: 'Request received' })).toBeVisible()
      await shopper.goto(`/signup/${await linkEmailedTo(email)}`)
      await shopper.getByLabel('Your name').fill('Carla Gauss')
      await shopper.getByLabel('Password').fill(password)
      await shopper.getByRole('button', { name: 'Create account' }).click()
      await expect(shopper.getByRole('heading', { level: 1, name: 'Hello, Carla' })).toBeVisible()
      await expectMessage(shopper, '2 items from this device were added to your cart.')
      await expect(shopper.getByRole('link', { name: 'Cart, 2 items' })).toBeVisible()
      await expect(shopper.getByRole('link', { name: 'Account', exact: true }).first()).toBeVisible()
      await shopper.getByRole('button', { name: 'Sign out' }).click()
      await expect(shopper.getByRole('link', { name: 'Cart, 0 items' })).toBeVisible()
      await shopper.goto('/account')
      await expect(shopper).toHaveURL(/\/login\?next=%2Faccount$/)
    })

    test('the address book: add, keep typed input, change, set the default, delete', async ({
      shopper,
      shop,
    }) => {
      await signInAsNewUser(shopper, shop.origin)
      await shopper.goto('/account/addresses')
      await expect(shopper.getByRole('heading', { name: 'No saved addresses' })).toBeVisible()
      await shopper.getByRole('link', { name: 'Add address' }).click()
      await expect(shopper.getByLabel('Full name')).toHaveValue('Carla Gauss')
      await shopper.getByLabel('Eircode').fill('D02 X285')
      await shopper.getByLabel('Street address').fill('12 Square')
      await shopper.getByLabel('Full name').fill('')
      await shopper.getByRole('button', { name: 'Save address' }).click()
      await expect(shopper.getByRole('alert')).toContainText('Enter the city.')
      await expect(shopper.getByLabel('Eircode')).toHaveValue('D02 X285')
      await expect(shopper.getByLabel('Full name')).toHaveValue('')
      await shopper.getByLabel('Full name').fill('Carla Gauss')
      await shopper.getByLabel('City').fill('Dublin')
      await shopper.getByRole('button', { name: 'Save address' }).click()
      await expectMessage(shopper, 'Address saved.')

      await shopper.goto('/account/addresses/new')
      await shopper.getByLabel('Street address').fill('7 Lane')
      await shopper.getByLabel('City').fill('Cork')
      await shopper.getByRole('button', { name: 'Save address' }).click()
      const card = (street: string) => shopper.getByRole('listitem').filter({ hasText: street })
      await expect(card('12 Square').getByText('Default', { exact: true })).toBeVisible()
      await card('7 Lane')
        .getByRole('button', { name: /^Make .* the default$/ })
        .click()
      await expect(card('7 Lane').getByText('Default', { exact: true })).toBeVisible()
      await expect(card('12 Square').getByText('Default', { exact: true })).toBeHidden()

      await card('12 Square').getByRole('link', { name: /^Edit/ }).click()
      await expect(shopper.getByLabel('Eircode')).toHaveValue('D02 X285')
      await shopper.getByLabel('Street address').fill('14 Square')
      await shopper.getByRole('button', { name: 'Save address' }).click()
      await card('14 Square')
        .getByRole('link', { name: /^Delete/ })
        .click()
      await shopper.getByRole('button', { name: 'Delete address' }).click()
      await expectMessage(shopper, 'Address deleted.')
      await expect(card('14 Square')).toHaveCount(0)
      await expect(card('7 Lane')).toHaveCount(1)
    })

    test('ordering again adds what is available, and says what is not', async ({ shopper, shop }) => {
      const customer = await signInAsNewUser(shopper, shop.origin)
      const { olga } = await createShop()
      const pot = await createProduct({ title: 'Clay pot' })
      const vase = await createProduct({ title: 'Tall vase' })
      await placeCustomerOrder(customer, { ...pot, quantity: 3 }, vase)
      await setStock(pot.variantId, 2, olga)
      await setStock(vase.variantId, 0, olga)
      await shopper.goto('/account/orders')
      await expect(shopper.getByText('Awaiting payment')).toBeVisible()
      await shopper.getByRole('button', { name: /^Reorder #\d+$/ }).click()
      await expect(shopper).toHaveURL(/\/cart$/)
      await expectMessage(
        shopper,
        '2 items were added to your cart. Clay pot: only 2 left. Tall vase: sold out.',
      )
      await expect(shopper.getByRole('spinbutton', { name: 'Quantity of Clay pot' })).toHaveValue('2')
    })

    test('a guest orders again from the receipt, and is offered an account', async ({ shopper }) => {
      const pot = await createProduct({ title: 'Clay pot' })
      await addToCartInBrowser(shopper, pot)
      await shopper.goto('/checkout')
      const email = newAddress()
      await fillInCheckout(shopper)
      await shopper.getByLabel('Email', { exact: true }).fill(email)
      await placeButton(shopper).click()
      await expectReceipt(shopper)
      const receipt = shopper.url()
      await shopper.getByRole('button', { name: /^Reorder #/ }).click()
      await expectMessage(shopper, '1 item was added to your cart.')
      await shopper.goto(receipt)
      await shopper.getByRole('button', { name: `Create an account with ${email}` }).click()
      await expect(shopper.getByRole('heading', { level: 1, name: 'Request received' })).toBeVisible()
      await shopper.goto(`/signup/${await linkEmailedTo(email)}`)
      await shopper.getByLabel('Your name').fill('Ada Byron')
      await shopper.getByLabel('Password').fill(password)
      await shopper.getByRole('button', { name: 'Create account' }).click()
      await expect(shopper.getByRole('link', { name: /^Order #\d+$/ })).toBeVisible()
    })

    test('a new password signs the other browser out, and a wrong one is an error of its field', async ({
      shopper,
      openBrowser,
      shop,
    }) => {
      const { email } = await signInAsNewUser(shopper, shop.origin)
      const other = await openBrowser({ baseURL: shop.origin })
      await signInAs(other, email)
      await expect(other.getByRole('heading', { level: 1, name: 'Hello, Carla' })).toBeVisible()
      await shopper.goto('/account/password')
      const change = async (current: string, next: string) => {
        await shopper.getByLabel('Current password').fill(current)
        await shopper.getByLabel('New password').fill(next)
        await shopper.getByRole('button', { name: 'Change password' }).click()
      }
      await change('not my password', 'five words are a row')
      await expect(shopper.getByRole('link', { name: 'Incorrect password.' })).toBeVisible()
      await change(password, 'five words are a row')
      await expectMessage(shopper, 'Password changed.')
      await expectSignedOut(other, '/account')
      await signInAs(other, email, 'five words are a row')
      await expect(other.getByRole('heading', { level: 1, name: 'Hello, Carla' })).toBeVisible()
    })

    test('two-factor authentication: set up, sign in with a code, then with a recovery code', async ({
      shopper,
      shop,
    }) => {
      const { email } = await signInAsNewUser(shopper, shop.origin)
      await shopper.goto('/account/two-factor')
      await shopper.getByLabel('Your password').fill('not the password')
      await shopper.getByRole('button', { name: 'Set up two-factor authentication' }).click()
      await expect(shopper.getByRole('alert')).toContainText('Incorrect password.')
      await shopper.getByLabel('Your password').fill(password)
      await shopper.getByRole('button', { name: 'Set up two-factor authentication' }).click()
      await expect(shopper.getByRole('img', { name: /^QR code/ })).toBeVisible()
      const secret = (await shopper.locator('.secret').innerText()).replace(/\s/g, '')
      const code = (later = 0) => new TOTP({ secret }).generate({ timestamp: Date.now() + later * 30_000 })
      await shopper.getByRole('textbox', { name: 'Code' }).fill('000000')
      await shopper.getByRole('button', { name: 'Turn on' }).click()
      await expect(shopper.getByRole('link', { name: /^This code is incorrect/ })).toBeVisible()
      await shopper.getByRole('textbox', { name: 'Code' }).fill(code())
      await shopper.getByRole('button', { name: 'Turn on' }).click()
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
      // Each code works once, so this is the next one; a clock difference of half a minute is accepted.
      await signInWith(code(1))
      await expect(shopper.getByRole('heading', { level: 1, name: 'Hello, Carla' })).toBeVisible()
      await signInWith(recovery[3]!)
      await expect(shopper.getByRole('heading', { level: 1, name: 'Hello, Carla' })).toBeVisible()
      await shopper.goto('/account/two-factor')
      await expect(shopper.getByText('9 codes left')).toBeVisible()
      await shopper.goto('/account/two-factor/recovery-codes')
      await shopper.getByLabel('Your password').fill(password)
      await shopper.getByRole('button', { name: 'Get new codes' }).click()
      await expect(shopper.locator('.codes pre')).toBeVisible()
      expect(await shopper.locator('.codes pre').innerText()).not.toContain(recovery[0])
      await shopper.goto('/account/two-factor/disable')
      await shopper.getByLabel('Your password').fill(password)
      await shopper.getByRole('button', { name: 'Turn off' }).click()
      await expectMessage(shopper, 'Two-factor authentication is off.')
    })

    test('devices are named, and one or all others can be signed out', async ({
      shopper,
      openBrowser,
      shop,
    }) => {
      const { email } = await signInAsNewUser(shopper, shop.origin)
      const userAgent =
        'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1'
      const phone = await openBrowser({ baseURL: shop.origin, userAgent })
      const laptop = await openBrowser({ baseURL: shop.origin })
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
      await expectMessage(shopper, 'Device signed out.')
      await expectSignedOut(phone, '/account')
      await shopper.getByRole('link', { name: 'Sign out all other devices' }).click()
      await shopper.getByLabel('Your password').fill('not the password')
      await shopper.getByRole('button', { name: 'Sign out all other devices' }).click()
      await expect(shopper.getByRole('alert')).toContainText('Incorrect password.')
      await shopper.getByLabel('Your password').fill(password)
      await shopper.getByRole('button', { name: 'Sign out all other devices' }).click()
      await expect(shopper.getByText('You are signed in on this device only.')).toBeVisible()
      await expectSignedOut(laptop, '/account')
    })

    test('a new email is confirmed by its link', async ({ shopper, shop }) => {
      const { email } = await signInAsNewUser(shopper, shop.origin, { emailVerifiedAt: null })
      const next = newAddress()
      await shopper.goto('/account')
      await shopper.getByRole('link', { name: 'Email me a link' }).click()
      const field = shopper.getByRole('textbox', { name: 'Email' })
      await expect(field).toHaveValue(email)
      await field.fill(next)
      await shopper.getByLabel('Your password').fill(password)
      await shopper.getByRole('button', { name: 'Request a link' }).click()
      await expectMessage(shopper, `We saved your request for ${next}.`)
      await shopper.goto(`/confirm-email/${await linkEmailedTo(next)}`)
      await shopper.getByRole('button', { name: 'Confirm email' }).click()
      await expect(shopper.getByRole('main')).toContainText(next)
    })

    test('deleting the account asks for the password, and signs out', async ({ shopper, shop }) => {
      const { email } = await signInAsNewUser(shopper, shop.origin)
      await shopper.goto('/account/delete')
      const close = async (word: string) => {
        await shopper.getByLabel('Your password').fill(word)
        await shopper.getByRole('button', { name: 'Close account' }).click()
      }
      await close('not my password')
      await expect(shopper.getByRole('link', { name: 'Incorrect password.' })).toBeVisible()
      await close(password)
      await expectMessage(shopper, 'Your account is closed.')
      await signInAs(shopper, email)
      await expect(shopper.getByText('Incorrect email or password.')).toBeVisible()
    })

    test('the checkout is prefilled with known details, and typed input takes precedence', async ({
      shopper,
      shop,
    }) => {
      const { email } = await signInAsNewUser(shopper, shop.origin, { phone: '01 555 1234' })
      const pot = await createProduct({ title: 'Clay pot' })
      await addToCartInBrowser(shopper, pot)
      await shopper.goto('/checkout')
      await expect(shopper.getByLabel('Email', { exact: true })).toHaveValue(email)
      await expect(shopper.getByLabel('Full name')).toHaveValue('Carla Gauss')
      await expect(shopper.getByLabel('Phone')).toHaveValue('01 555 1234')
      await fillInCheckout(shopper)
      await shopper.getByLabel('Phone').fill('')
      await shopper.getByLabel('City').fill('')
      await placeButton(shopper).click()
      await expect(shopper.getByRole('alert')).toContainText('Enter the city.')
      await expect(shopper.getByLabel('Full name')).toHaveValue('Ada Byron')
      await expect(shopper.getByLabel('Phone')).toHaveValue('')
      await shopper.getByLabel('City').fill('Dublin')
      await expect(shopper.getByLabel('Save this address')).toBeChecked()
      await placeButton(shopper).click()
      await expectReceipt(shopper)

      await shopper.goto('/account/addresses/new')
      await shopper.getByLabel('Street address').fill('7 Lane')
      await shopper.getByLabel('City').fill('Cork')
      await shopper.getByRole('button', { name: 'Save address' }).click()
      await expectMessage(shopper, 'Address saved.')
      await addToCartInBrowser(shopper, pot)
      await shopper.goto('/checkout')
      await expect(shopper.getByLabel('Street address')).toHaveValue('12 Square')
      await shopper.getByRole('link', { name: 'Carla Gauss, 7 Lane, Cork' }).click()
      await expect(shopper.getByLabel('Street address')).toHaveValue('7 Lane')
    })
  })
}

test('no user reaches another user’s address, device or export', async ({ shopper, openBrowser, shop }) => {
  await signInAsNewUser(shopper, shop.origin)
  await shopper.goto('/account/addresses/new')
  await shopper.getByLabel('Street address').fill('7 Lane')
  await shopper.getByLabel('City').fill('Cork')
  await shopper.getByRole('button', { name: 'Save address' }).click()
  const href = await shopper.getByRole('link', { name: /^Edit/ }).getAttribute('href')
  const eve = await openBrowser({ baseURL: shop.origin })
  const { email } = await signInAsNewUser(eve, shop.origin)
  const { handle } = await createProduct()
  await addToCartInBrowser(eve, { handle })
  const id = href!.split('/').at(-1)
  for (const address of [href!, `${href}/delete`, `/checkout?address=${id}`]) {
    const answer = await eve.goto(address)
    expect(answer!.status(), address).toBe(404)
  }
  const file = await eve.request.get('/account/export.json')
  expect(file.headers()['content-disposition']).toContain('attachment')
  expect(file.headers()['cache-control']).toBe('private, no-store')
  expect(await file.json()).toMatchObject({ account: { email }, addresses: [], cart: [{ quantity: 1 }] })
  const visitor = await openBrowser({ baseURL: shop.origin })
  const sentAway = await visitor.request.get('/account/export.json', { maxRedirects: 0 })
  expect(sentAway.status()).toBe(303)
})

test('the owner account cannot be deleted', async ({ owner }) => {
  await owner.goto('/account/delete')
  await expect(owner.getByText('The owner account can’t be closed.')).toBeVisible()
  await expect(owner.getByLabel('Your password')).toHaveCount(0)
})

test('a user without an account gets the same response for a taken address', async ({ shopper, shop }) => {
  await signInAsNewUser(shopper, shop.origin)
  const taken = await createUser()
  for (const email of [taken.email, newAddress()]) {
    await shopper.goto('/account/email')
    await shopper.getByLabel('New email').fill(email)
    await shopper.getByLabel('Your password').fill(password)
    await shopper.getByRole('button', { name: 'Request a link' }).click()
    await expectMessage(shopper, `We saved your request for ${email}.`)
  }
})
