import type { Page } from '@playwright/test'
import { and, desc, eq } from 'drizzle-orm'
import { db } from '#db/client.ts'
import { emails, users } from '#db/schema/index.ts'
import { createOrder, createUser, createProduct, password } from '../support/cast.ts'
import { expectSignedOut } from './support/customer.ts'
import { expect, test } from './support/test.ts'

/** Sends an invitation, and reads its link where the owner finds it while no email provider is configured. */
async function inviteBy(owner: Page, email: string, permissions: string[]): Promise<string> {
  await owner.goto('/admin/staff')
  await owner.getByRole('link', { name: 'Invite staff' }).click()
  await owner.getByRole('textbox', { name: 'Email' }).fill(email)
  for (const area of permissions) await owner.getByRole('checkbox', { name: new RegExp(`^${area}`) }).check()
  await owner.getByRole('button', { name: 'Send invitation' }).click()
  await expect(owner.getByText(`${email} was invited.`)).toBeVisible()
  const [message] = await db
    .select({ id: emails.id })
    .from(emails)
    .where(and(eq(emails.toEmail, email), eq(emails.kind, 'invitation')))
    .orderBy(desc(emails.id))
  const link = owner.getByText(/\/invitations\/[\w-]{43}$/)
  await expect(async () => {
    await owner.goto(`/admin/emails/${message!.id}?show=link`)
    await expect(link).toBeVisible({ timeout: 1_000 })
  }).toPass({ timeout: 30_000 })
  return (await link.innerText()).trim()
}

const places = (page: Page) => page.getByRole('navigation', { name: 'Admin', exact: true }).getByRole('link')

test('an invited user sees what they have access to, and loses it with the next page once it is revoked', async ({
  owner,
  openBrowser,
  shop,
}) => {
  const { orderId } = await createOrder(await createProduct())
  const email = `nina-${Date.now()}@example.com`
  const link = await inviteBy(owner, email, ['Orders'])

  const nina = await openBrowser({ baseURL: shop.origin })
  await nina.goto(link)
  await nina.getByLabel('Your name').fill('Nina Berg')
  await nina.getByLabel('Choose a password').fill('password1')
  await nina.getByRole('button', { name: 'Join the staff' }).click()
  await expect(nina.getByText('This password is too common.').first()).toBeVisible()
  await nina.getByLabel('Choose a password').fill('a quiet harbour at noon')
  await nina.getByRole('button', { name: 'Join the staff' }).click()
  await expect(nina.getByRole('heading', { level: 1, name: 'Hello, Nina Berg' })).toBeVisible()
  await expect(places(nina)).toHaveText([/^Home$/, /^Notifications/, /^Orders/, /^Emails$/])

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
    await expect(
      nina.getByRole('heading', { level: 1, name: 'You don’t have access to this page' }),
    ).toBeVisible()
    await expect(places(nina)).toHaveCount(4)
  }

  const again = await openBrowser({ baseURL: shop.origin })
  await again.goto(link)
  await expect(
    again.getByRole('heading', { name: 'This invitation has expired or was already used' }),
  ).toBeVisible()

  const [member] = await db.select({ id: users.id }).from(users).where(eq(users.email, email))
  await owner.goto(`/admin/staff/${member!.id}`)
  await owner.getByRole('link', { name: 'Remove from staff…' }).click()
  await owner.getByRole('button', { name: 'Remove from staff' }).click()
  await expect(owner.getByText('Removed from staff and signed out on all devices.')).toBeVisible()
  await expectSignedOut(nina, '/admin/orders')

  await owner.goto(`/admin/activity?row=users/${member!.id}`)
  await expect(owner.getByRole('heading', { name: /Nina Berg/ })).toHaveCount(2)
})

test('a customer accepts an invitation with the password of their account', async ({
  owner,
  openBrowser,
  shop,
}) => {
  const cara = await createUser({ name: 'Cara Lind' })
  const link = await inviteBy(owner, cara.email, ['Catalog', 'Customers'])
  const page = await openBrowser({ baseURL: shop.origin })
  await page.goto(link)
  await page.getByLabel('Your password').fill('not this one at all')
  await page.getByRole('button', { name: 'Join the staff' }).click()
  await expect(page.getByText('Incorrect password.')).toBeVisible()
  await page.getByLabel('Your password').fill(password)
  await page.getByRole('button', { name: 'Join the staff' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Hello, Cara Lind' })).toBeVisible()
  await expect(places(page)).toHaveText([
    /^Home$/,
    /^Notifications/,
    /^Products$/,
    /^Collections$/,
    /^Home page$/,
    /^Pages$/,
    /^Search$/,
    /^Search report$/,
    /^Search engines$/,
    /^Redirects$/,
    /^Imports$/,
    /^Customers$/,
  ])
})

test('an unknown address below /admin is a 404 inside the admin', async ({ owner }) => {
  const answer = await owner.goto('/admin/nothing')
  expect(answer!.status()).toBe(404)
  await expect(owner.getByRole('heading', { name: 'Page not found' })).toBeVisible()
  await expect(owner.getByRole('link', { name: 'Products' })).toBeVisible()
})

test('permissions are changed, an account is suspended and unsuspended, and each is in the audit log', async ({
  owner,
}) => {
  const { id } = await createUser({ role: 'staff', permissions: ['orders'], name: 'Ben Marsh' })
  await owner.goto(`/admin/staff/${id}`)
  await owner.getByRole('checkbox', { name: /^Orders/ }).uncheck()
  await owner.getByRole('checkbox', { name: /^Reviews/ }).check()
  await owner.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(owner.getByText('Saved. Takes effect on their next page.')).toBeVisible()
  await expect(owner.getByRole('checkbox', { name: /^Reviews/ })).toBeChecked()
  await owner.getByRole('button', { name: 'Suspend' }).click()
  await expect(owner.getByText('Suspended and signed out on all devices.')).toBeVisible()
  await owner.getByRole('button', { name: 'Unsuspend' }).click()
  await expect(owner.getByText('Unsuspended.')).toBeVisible()
  await owner.getByRole('link', { name: 'History' }).click()
  await expect(owner.getByRole('heading', { name: /Ben Marsh/ })).toHaveCount(3)
  await expect(owner.getByRole('main')).toContainText('Reviews')
})

test('two-factor authentication cannot be required of staff by a user without it', async ({ owner }) => {
  await owner.goto('/admin/settings')
  await owner.getByRole('link', { name: 'Security' }).click()
  await owner.getByRole('checkbox', { name: 'Require two-factor authentication for staff' }).check()
  await owner.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(owner.getByRole('alert')).toContainText('Set up your own two-factor authentication')
})
