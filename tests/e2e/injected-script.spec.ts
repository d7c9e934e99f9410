import { eq } from 'drizzle-orm'
import { db } from '#db/client.ts'
import { products } from '#db/schema/index.ts'
import { createProduct } from '../support/cast.ts'
import { expect, test } from './support/test.ts'

// A separate browser: the refused script is reported in its console, which fails any other test.
test('a script injected into a description by SQL does not run, on the first page or on the cached one', async ({
  shop,
  browser,
}) => {
  const { handle, productId } = await createProduct({ title: 'Clay pot' })
  const description = `<p>Holds two liters.</p><script>window.injected = 'script'</script>
    <script nonce="">window.injected = 'nonce'</script><img src="/none" onerror="window.injected = 'handler'">`
  await db.update(products).set({ description }).where(eq(products.id, productId))
  const page = await browser.newPage({ baseURL: shop.origin })
  let isCached = false
  for (let visits = 0; visits < 20 && !isCached; visits += 1) {
    const answer = await page.goto(`/products/${handle}`)
    isCached = (await answer!.headerValue('etag')) !== null
    await expect(page.getByText('Holds two liters.')).toBeVisible()
    await page.waitForLoadState('networkidle')
    const seen = await page.evaluate(() => ({
      injected: (window as { injected?: string }).injected,
      isOurs: '__remixContext' in window,
    }))
    expect(seen, `visit ${visits}`).toEqual({ injected: undefined, isOurs: true })
  }
  expect(isCached).toBe(true)
  await page.close()
})
