import type { Locator, Page } from '@playwright/test'
import { expect } from './test.ts'

/**
 * Presses Tab until the element has the focus, at most `within` times. Each stop on the way, and the element itself, has
 * to be in view and to look different with the focus.
 */
export async function tabTo(
  page: Page,
  target: Locator,
  { within = 15, key = 'Tab' }: { within?: number; key?: 'Tab' | 'Shift+Tab' } = {},
): Promise<void> {
  await expect(target).toBeVisible()
  if (await target.evaluate((node) => node === document.activeElement)) return
  const stops: string[] = []
  for (let presses = 0; presses < within; presses += 1) {
    await page.keyboard.press(key)
    const stop = await target.evaluate(describeFocus)
    expect(stop.faults, stop.name).toEqual([])
    if (stop.isTarget) return
    stops.push(stop.name)
  }
  throw new Error(`Not reached by ${within} times ${key}: ${target.toString()}. Stops: ${stops.join(' | ')}`)
}

/** Presses Enter on the element, which is reached with Tab. */
export async function pressOn(page: Page, target: Locator, options?: Parameters<typeof tabTo>[2]) {
  await tabTo(page, target, options)
  await page.keyboard.press('Enter')
}

/** Types into a field, which is reached with Tab; Tab selects what it contained. */
export async function typeInto(
  page: Page,
  target: Locator,
  text: string,
  options?: Parameters<typeof tabTo>[2],
) {
  await tabTo(page, target, options)
  await page.keyboard.type(text)
}

/** Tabs through everything in the open dialog twice: the page behind never has the focus. */
export async function expectFocusTrap(page: Page, dialog: Locator, presses: number): Promise<void> {
  for (let count = 0; count < presses; count += 1) {
    await page.keyboard.press('Tab')
    // Between the last element and the first, the browser's own controls have it.
    const isInside = await dialog.evaluate(
      (node) => node.contains(document.activeElement) || document.activeElement === document.body,
    )
    expect(isInside, `focus after ${count + 1} times Tab is in the dialog`).toBe(true)
  }
}

/** Runs in the page: the focused element, and what is wrong with how it shows that it has the focus. */
function describeFocus(target: Node): { name: string; isTarget: boolean; faults: string[] } {
  const node = document.activeElement as HTMLElement
  const isTarget = node === target
  // Between the last element of the page and the first.
  if (node === document.body) return { name: 'body', isTarget, faults: [] }
  const label = (node as HTMLInputElement).labels?.[0]
  const text = (node.getAttribute('aria-label') ?? label?.textContent ?? node.textContent ?? '').trim()
  const name = `${node.tagName.toLowerCase()} ${text.slice(0, 40)}`

  const around = node.closest<HTMLElement>('article, li, label, fieldset')
  const shown = [node, label, node.parentElement, around].filter((one): one is HTMLElement => Boolean(one))
  const looks = () =>
    shown
      .map((one) => {
        const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(one)
        return outlineStyle === 'none' ? boxShadow : [outlineWidth, outlineColor, boxShadow].join(' ')
      })
      .join('; ')
  const focused = looks()
  const faults: string[] = []
  // A field of several parts, like a date, was looked at when its first part had the focus.
  const isLookedAt = node.dataset.isLookedAt === 'true'
  for (const one of document.querySelectorAll<HTMLElement>('[data-is-looked-at]'))
    delete one.dataset.isLookedAt
  node.dataset.isLookedAt = 'true'
  if (isLookedAt) return { name, isTarget, faults }
  // The page must not notice that the focus leaves and returns.
  const stop = (event: Event) => event.stopImmediatePropagation()
  const kinds = ['focus', 'blur', 'focusin', 'focusout', 'change']
  for (const kind of kinds) window.addEventListener(kind, stop, true)
  node.blur()
  const unfocused = looks()
  node.focus({ preventScroll: true })
  for (const kind of kinds) window.removeEventListener(kind, stop, true)

  if (focused === unfocused) faults.push('looks the same without the focus')
  const { left, top, width, height } = node.getBoundingClientRect()
  const hit = document.elementFromPoint(left + width / 2, top + Math.min(height / 2, innerHeight / 3))
  const isPage = hit === document.body || hit === document.documentElement
  const isInView = hit && !isPage && (node.contains(hit) || label?.contains(hit) || hit.contains(node))
  if (!isInView) faults.push(`is out of view or covered by ${hit?.outerHTML.slice(0, 80)}`)
  return { name, isTarget, faults }
}
