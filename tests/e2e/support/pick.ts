import type { Page } from '@playwright/test'
import { expect } from './test.ts'

/** Selects an option of a Picker: a select, which JavaScript replaces by a combobox, perhaps at this moment. */
export async function pick(page: Page, label: string, option: string): Promise<void> {
  const field = page.getByLabel(label)
  await expect(async () => {
    if ((await field.getAttribute('role')) === 'combobox') {
      await field.fill(option, { timeout: 1_000 })
      await field.press('Enter')
      await expect(field).toHaveValue(option, { timeout: 1_000 })
    } else await field.selectOption({ label: option }, { timeout: 1_000 })
  }).toPass()
}
