import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { requestReviews } from '#app/domain/reviews/request-reviews.server.ts'
import { createProduct } from '../support/cast.ts'
import { createImageBytes } from '../support/images.ts'
import { createAuthor, createDeliveredOrder, writeReview } from '../support/reviews.ts'
import { pathEmailed, signInAsNewUser } from './support/customer.ts'
import { expect, test } from './support/test.ts'

const inDays = (days: number) => new Date(Date.now() + days * 24 * 60 * 60 * 1000)

const reviewsOf = (page: Page) => page.getByRole('region', { name: 'Reviews' })

for (const script of ['on', 'off'] as const) {
  test.describe(`script ${script}`, () => {
    test.use({ script })

    test('a buyer is asked by email, reviews without signing in, and another visitor sees the approved review', async ({
      shopper,
      owner,
      shop,
      openBrowser,
    }) => {
      const email = `rita-${randomUUID()}@example.com`
      const title = `Sturdy, script ${script}`
      const pot = await createProduct({ title: 'Clay pot' })
      await owner.goto('/admin/settings/marketing')
      await owner.getByLabel(/^Days from delivery/).fill('7')
      await owner.getByRole('button', { name: 'Save' }).click()
      await expect(owner.getByRole('status').filter({ hasText: 'Saved.' })).toBeVisible()
      await createDeliveredOrder(pot, { email, name: 'Rita Hill', acceptsMarketing: true })
      await requestReviews(inDays(8))

      const reader = await openBrowser({ baseURL: shop.origin })
      await reader.goto(`/products/${pot.handle}`)
      await expect(reader.getByRole('heading', { name: 'No reviews yet' })).toBeVisible()

      await shopper.goto(await pathEmailed('review-request', email, '/order-reviews/'))
      await shopper.getByRole('link', { name: 'Write a review of Clay pot' }).click()
      await expect(shopper.getByLabel('Name to show')).toHaveValue('Rita')
      await shopper.getByRole('button', { name: 'Send review' }).click()
      await expect(shopper.getByRole('alert')).toContainText('Choose a number of stars.')
      await shopper.getByRole('radio', { name: '5 stars: Excellent' }).check()
      await shopper.getByLabel('Title').fill(title)
      await shopper.getByLabel('Your review').fill('It has survived two winters.')
      await shopper
        .getByLabel('Photos')
        .setInputFiles([{ name: 'pot.png', mimeType: 'image/png', buffer: await createImageBytes() }])
      await shopper.getByRole('button', { name: 'Send review' }).click()
      await expect(shopper.getByRole('status').filter({ hasText: 'Thank you.' })).toBeVisible()
      await expect(shopper.getByText('Pending')).toBeVisible()

      await owner.goto('/admin/reviews')
      await owner.getByRole('link', { name: title }).click()
      await owner.waitForURL(/\/admin\/reviews\/\d+$/)
      // The photo is shown to staff once its renditions are made.
      await expect(async () => {
        await owner.reload()
        await expect(owner.getByRole('img', { name: 'Enlarge 1 of 1' })).toBeVisible({ timeout: 1_000 })
      }).toPass({ timeout: 20_000 })
      await owner.getByRole('button', { name: 'Approve' }).click()
      await expect(owner.getByRole('status').filter({ hasText: '1 review published.' })).toBeVisible()

      if (script === 'off') await reader.reload()
      const review = reviewsOf(reader).getByRole('article', { name: title })
      await expect(review.getByText('It has survived two winters.')).toBeVisible()
      await expect(review.getByText('Verified buyer')).toBeVisible()
      await expect(review.getByRole('img', { name: 'Enlarge 1 of 1 by Rita' })).toBeVisible()
      await expect(reviewsOf(reader).getByText('5.0', { exact: true })).toBeVisible()
      await expect(reader.getByText(email)).toHaveCount(0)

      await review.getByRole('button', { name: 'Helpful review by Rita' }).click()
      await expect(reader.getByText('Thank you for your vote.')).toBeVisible()
      await expect(review.getByRole('button', { name: 'Helpful review by Rita 1 vote' })).toBeVisible()
      await review.getByRole('link', { name: 'Report the review by Rita' }).click()
      await reader.getByRole('radio', { name: 'It is spam or advertising' }).check()
      await reader.getByRole('button', { name: 'Report review' }).click()
      await expect(reader.getByRole('status').filter({ hasText: 'We will check this review.' })).toBeVisible()
      await owner.goto('/admin/reviews?show=reported')
      await expect(owner.getByRole('link', { name: title })).toBeVisible()
    })

    test('a customer’s published review is hidden while a change of it waits', async ({
      shopper,
      owner,
      shop,
    }) => {
      const { handle } = await createProduct({ title: 'Vase' })
      await signInAsNewUser(shopper, shop.origin)
      const send = async (text: string, button: string) => {
        await shopper.goto(`/products/${handle}/reviews/new`)
        await shopper.getByRole('radio', { name: '2 stars: Poor' }).check()
        await shopper.getByLabel('Your review').fill(text)
        await shopper.getByRole('button', { name: button }).click()
        await expect(shopper.getByRole('status').filter({ hasText: 'Thank you.' })).toBeVisible()
      }
      await send('It leaks.', 'Send review')
      await owner.goto('/admin/reviews?q=leaks')
      await owner.getByRole('link', { name: 'Vase' }).click()
      await owner.getByLabel('Public reply').fill('We sent a new one.')
      await owner.getByRole('button', { name: 'Save reply' }).click()
      await expect(owner.getByText('Saved.', { exact: true })).toBeVisible()
      await owner.getByRole('button', { name: 'Approve' }).click()
      await expect(owner.getByRole('status').filter({ hasText: '1 review published.' })).toBeVisible()
      await shopper.goto(`/products/${handle}`)
      await expect(reviewsOf(shopper).getByText('We sent a new one.')).toBeVisible()
      await shopper.goto(`/products/${handle}/reviews/new`)
      await expect(shopper.getByText('If you change it, it is hidden')).toBeVisible()
      await send('The new one is fine.', 'Send changes')
      await expect(reviewsOf(shopper).getByRole('heading', { name: 'No reviews yet' })).toBeVisible()
    })

    test('staff approve thirty reviews at once, and shoppers page, sort and filter them', async ({
      shopper,
      owner,
    }) => {
      const { productId, handle } = await createProduct({ title: 'Bowl' })
      const word = randomUUID().slice(0, 8)
      for (let n = 1; n <= 30; n++)
        await writeReview(await createAuthor(), productId, {
          ...{ stars: (n % 5) + 1, title: `Opinion ${n}`, text: `The ${word} bowl, part ${n}.` },
        })
      await owner.goto(`/admin/reviews?q=${word}`)
      await owner.getByRole('link', { name: 'Approve all on this page' }).click()
      await owner.getByRole('button', { name: 'Publish 30 reviews' }).click()
      await expect(owner.getByRole('status').filter({ hasText: '30 reviews published.' })).toBeVisible()

      await shopper.goto(`/products/${handle}`)
      const reviews = reviewsOf(shopper)
      await expect(reviews.getByRole('article')).toHaveCount(10)
      await expect(reviews.getByText('3.0', { exact: true })).toBeVisible()
      await reviews.getByRole('link', { name: 'Lowest rating' }).click()
      await shopper.waitForURL(/reviews_sort=lowest/)
      await expect(reviews.getByRole('article').first().getByRole('img')).toHaveAccessibleName(
        '1 out of 5 stars',
      )
      await reviews.getByRole('link', { name: 'Page 3' }).click()
      await shopper.waitForURL(/reviews_page=3/)
      await expect(reviews.getByRole('article').last().getByRole('img')).toHaveAccessibleName(
        '5 out of 5 stars',
      )
      await reviews.getByRole('link', { name: /^4 stars/ }).click()
      await expect(reviews.getByRole('article')).toHaveCount(6)
      await expect(reviews.getByText('6 reviews with 4 stars')).toBeVisible()
    })
  })
}

test('staff see a new review announced while their list is open, and reject two with one reason', async ({
  owner,
}) => {
  const { productId } = await createProduct({ title: 'Cup' })
  const word = randomUUID().slice(0, 8)
  await writeReview(await createAuthor(), productId, { title: 'First', text: `${word} one` })
  const opened = owner.waitForResponse((response) => response.url().includes('/events?'))
  await owner.goto(`/admin/reviews?q=${word}`)
  await opened
  await writeReview(await createAuthor(), productId, { title: 'Second', text: `${word} two` })
  await expect(owner.getByText('1 new review')).toBeVisible()
  await owner.goto(`/admin/reviews?q=${word}`)
  for (const box of await owner.getByRole('checkbox', { name: /^Select review of Cup/ }).all())
    await box.check()
  await owner.getByRole('button', { name: 'Reject selected' }).click()
  await owner.getByRole('button', { name: 'Reject 2 reviews' }).click()
  await expect(owner.getByRole('alert')).toContainText('Enter the reason')
  await owner.getByLabel('Reason').fill('Not about the cup.')
  await owner.getByRole('button', { name: 'Reject 2 reviews' }).click()
  await expect(owner.getByRole('status').filter({ hasText: '2 reviews rejected.' })).toBeVisible()
})
