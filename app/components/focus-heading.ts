/** Moves the focus to a heading, from where the keyboard goes on. */
export function focusHeading(inside: Element | null, headings: 'h1' | 'h1, h2'): void {
  const heading = inside?.querySelector<HTMLElement>(headings)
  if (!heading) return
  heading.tabIndex = -1
  heading.focus({ preventScroll: true })
}
