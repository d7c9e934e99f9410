import type { Page } from '@playwright/test'
import { expect, test } from './test.ts'

/**
 * Performs a task from the admin's home page, and checks that it takes at most `clicks`: presses of the pointer, and
 * Enter in a field. Typing is free. The pages on the way are counted too, the home page included.
 */
export async function perform(
  page: Page,
  { task, clicks: bound }: { task: string; clicks: number },
  steps: () => Promise<void>,
): Promise<void> {
  let clicks = 0
  await page.exposeBinding('reportClick', () => (clicks += 1))
  await page.addInitScript(reportClicks)
  const pages: string[] = []
  page.on('framenavigated', (frame) => {
    const { pathname } = new URL(frame.url())
    if (frame === page.mainFrame() && pages.at(-1) !== pathname) pages.push(pathname)
  })
  await page.goto('/admin')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await steps()
  const description = `${task}: ${pages.length} pages, ${clicks} clicks, at most ${bound}`
  test.info().annotations.push({ type: 'effort', description })
  expect(clicks, 'the clicks were counted').toBeGreaterThan(0)
  expect(clicks, description).toBeLessThanOrEqual(bound)
}

/** Runs in the page. */
function reportClicks() {
  const report = (window as unknown as { reportClick: () => void }).reportClick
  window.addEventListener('pointerdown', (event) => event.isTrusted && report(), true)
  window.addEventListener(
    'keydown',
    (event) => {
      const isField = event.target instanceof HTMLInputElement
      if (event.isTrusted && event.key === 'Enter' && isField) report()
    },
    true,
  )
}
