import type { Locator, Page } from '@playwright/test'
import { expect, type Options } from './test.ts'

/** Uploads a product file on the open page of imports; with script, choosing it is enough. */
export async function uploadFile(
  page: Page,
  file: Parameters<Locator['setInputFiles']>[0],
  script: Options['script'],
): Promise<void> {
  if (script === 'on') await expect(page.getByText('The upload starts when you choose a file.')).toBeVisible()
  await page.getByLabel('CSV file').setInputFiles(file)
  if (script !== 'on') await page.getByRole('button', { name: 'Upload and check' }).click()
}
