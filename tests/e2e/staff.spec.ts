import type { Page } from '@playwright/test'
import { and, desc, eq } from 'drizzle-orm'
import { db } from '#db/client.ts'
import { mails, users } from '#db/schema/index.ts'
import { adaOrders, aPerson, aProduct, password } from '../support/cast.ts'
import { expectSignedOut } from './support/customer.ts'
import { expect, test } from './support/test.ts'

/** Sends an invitation, and reads its link where the owner finds it while no mail service is set up. */
async function inviteBy(owner: Page, email: string, areas: string[]): Promise<string> {
  await owner.goto('/admin/staff')
  await owner.getByRole('link', { name: 'Invite somebody' }).click()
  await owner.getByLabel('E-mail').fill(email)
  for (const area of areas) await owner.getByRole('checkbox', { name: new RegExp(`^${area}`) }).check()
  await owner.getByRole('button', { name: 'Send the invitation' }).click()
  await expect(owner.getByText(`${email} is invited.`)).toBeVisible()
  const [mail] = await db
    .select({ id: mails.id })
    .from(mails)
    .where(and(eq(mails.toEmail, email), eq(mails.kind, 'invitation')))
    .orderBy(desc(mails.id))
  const link = owner.getByText(/\/invitations\/[\w-]{43}$/)
  await expect(async () => {
    await owner.goto(`/admin/mails/${mail!.id}?show=link`)
    await expect(link).toBeVisible({ timeout: 1_000 })
  }).toPass({ timeout: 30_000 })
  return (await link.innerText()).trim()
}

const places = (page: Page) => page.getByRole('navigation', { name: 'Admin', exact: true }).getByRole('link')

test('somebody is invited, sees what is open to them, and is out with the next page once it is taken away', async ({
  owner,
  someone,
  shop,
}) => {
  const { orderId } = await adaOrders(await aProduct())
  const email = `nina-${Date.now()}@example.com`
  const link = await inviteBy(owner, email, ['Orders'])

  const nina = await someone({ baseURL: shop.origin })
  await nina.goto(link)
  await nina.getByLabel('Your name').fill('Nina Berg')
  await nina.getByLabel('Choose a password').fill('password1')
  await nina.getByRole('button', { name: 'Join the staff' }).click()
  await expect(nina.getByText('This password is one of those that are tried first.').first()).toBeVisible()
  await nina.getByLabel('Choose a password').fill('a quiet harbour at noon')
  await nina.getByRole('button', { name: 'Join the staff' }).click()
  await expect(nina.getByRole('heading', { level: 1, name: 'Hello, Nina Berg' })).toBeVisible()
  await expect(places(nina)).toHaveText([/^Home$/, /^Notifications/, /^Orders/, /^Mails$/])

  await nina.goto(`/admin/orders/${orderId}`)
  await expect(nina.getByRole('heading', { level: 1, name: /^Order #/ })).toBeVisible()
  await expect(nina.getByRole('link', { name: 'History' })).toHaveCount(0)
  for (const closed of [
    '/admin/products',
    '/admin/settings',
    '/admin/staff',
    '/admin/activity',
    '/admin/customers',
  ]) {
    const answer = await nina.goto(closed)
    expect(answer?.status(), closed).toBe(403)
    await expect(nina.getByRole('heading', { level: 1, name: 'This is not open to you' })).toBeVisible()
    await expect(places(nina)).toHaveCount(4)
  }

  const again = await someone({ baseURL: shop.origin })
  await again.goto(link)
  await expect(again.getByRole('heading', { name: 'This invitation opens nothing any more' })).toBeVisible()

  const [member] = await db.select({ id: users.id }).from(users).where(eq(users.email, email))
  await owner.goto(`/admin/staff/${member!.id}`)
  await owner.getByRole('link', { name: 'Remove from the staff…' }).click()
  await owner.getByRole('button', { name: 'Remove from the staff' }).click()
  await expect(owner.getByText('They are not on the staff any more')).toBeVisible()
  await expectSignedOut(nina, '/admin/orders')

  await owner.goto(`/admin/activity?row=users/${member!.id}`)
  await expect(owner.getByText('Changed the account of Nina Berg')).toHaveCount(2)
})

test('a customer confirms an invitation with the password of their account', async ({
  owner,
  someone,
  shop,
}) => {
  const cara = await aPerson({ name: 'Cara Lind' })
  const link = await inviteBy(owner, cara.email, ['Catalogue', 'Customers'])
  const page = await someone({ baseURL: shop.origin })
  await page.goto(link)
  await page.getByLabel('Your password').fill('not this one at all')
  await page.getByRole('button', { name: 'Join the staff' }).click()
  await expect(page.getByText('This is not the password of the account.')).toBeVisible()
  await page.getByLabel('Your password').fill(password)
  await page.getByRole('button', { name: 'Join the staff' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Hello, Cara Lind' })).toBeVisible()
  await expect(places(page)).toHaveText([
    /^Home$/,
    /^Notifications/,
    /^Products$/,
    /^Collections$/,
    /^Imports$/,
    /^Customers$/,
  ])
})

test('areas are changed, an account is suspended and let in again, and each is in the log', async ({
  owner,
}) => {
  const { id } = await aPerson({ role: 'staff', areas: ['orders'], name: 'Ben Marsh' })
  await owner.goto(`/admin/staff/${id}`)
  await owner.getByRole('checkbox', { name: /^Orders/ }).uncheck()
  await owner.getByRole('checkbox', { name: /^Reviews/ }).check()
  await owner.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(owner.getByText('Saved. What changed holds from their next page on.')).toBeVisible()
  await expect(owner.getByRole('checkbox', { name: /^Reviews/ })).toBeChecked()
  await owner.getByRole('button', { name: 'Suspend' }).click()
  await expect(owner.getByText('Suspended, and signed out everywhere.')).toBeVisible()
  await owner.getByRole('button', { name: 'Lift the suspension' }).click()
  await expect(owner.getByText('The suspension is lifted.')).toBeVisible()
  await owner.getByRole('link', { name: 'History' }).click()
  await expect(owner.getByRole('heading', { name: 'Changed the account of Ben Marsh' })).toHaveCount(3)
  await expect(owner.getByRole('main')).toContainText('Reviews')
})

test('nobody asks a second factor of the staff without having one', async ({ owner }) => {
  await owner.goto('/admin/settings')
  await owner.getByRole('checkbox', { name: 'Staff need a second factor' }).check()
  await owner.getByRole('button', { name: 'Save the settings' }).click()
  await expect(owner.getByRole('alert')).toContainText('Set up your own second factor')
})
