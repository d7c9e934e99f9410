/** The word in a product's or collection's address. */

export const maxHandleLength = 255

/** A handle is made of as much of a title; no more of it is normalized. */
const readLength = 1000

/** "Café crème, 250 g" -> "cafe-creme-250-g". Letters of every script stay; empty when nothing is left. */
export function handleFrom(title: string): string {
  return title
    .slice(0, readLength)
    .toWellFormed()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 200)
    .replace(/-+$/, '')
}

/** The rule of the tables' check constraints; "." and ".." besides, which browsers take out of an address. */
export function isHandle(text: string): boolean {
  return text !== '' && text.length <= maxHandleLength && !/[/?#\s]|^\.\.?$/.test(text)
}

/** The first of base, base-2, base-3, ... that is not taken. */
export function freeHandle(base: string, taken: Set<string>): string {
  if (!taken.has(base)) return base
  for (let number = 2; ; number++) {
    const candidate = `${base}-${number}`
    if (!taken.has(candidate)) return candidate
  }
}
