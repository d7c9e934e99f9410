/**
 * Which collections the header's menu shows, and which are behind "More": decided by the length of the titles, so that
 * the page is the same for every browser. The menu is one line at the narrowest width that has one (60rem).
 */
export function splitMenu<T extends { title: string }>(collections: T[]): { shown: T[]; more: T[] } {
  const widths = collections.map(({ title }) => widthOf(title) + gap)
  const total = widths.reduce((sum, width) => sum + width, 0)
  if (total <= lineWidth) return { shown: collections, more: [] }
  let left = lineWidth - widthOf('More') - gap
  const count = widths.findIndex((width) => (left -= width) < 0)
  return { shown: collections.slice(0, count), more: collections.slice(count) }
}

/** In average letters: 60rem without the page's margins and "Shop all". */
const lineWidth = 96
const gap = 4

/** Chinese, Japanese and Korean characters are twice as wide. */
function widthOf(title: string): number {
  const wide = title.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu) ?? []
  return [...title].length + wide.length
}
