/** The last part of a product's or collection's URL. */

export const maxHandleLength = 255

/** A handle is generated from this much of a title; no more of it is normalized. */
const readLength = 1000

/** "Café crème, 250 g" -> "cafe-creme-250-g". Letters of every script stay; empty when no character is left. */
export function toHandle(title: string): string {
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

/** The rule of the tables' check constraints; also refuses "." and "..", which browsers remove from a URL. */
export function isHandle(text: string): boolean {
  return text !== '' && text.length <= maxHandleLength && !/[/?#\s]|^\.\.?$/.test(text)
}

/** The first of base, base-2, base-3, ... that is not taken. */
export function findFreeHandle(base: string, taken: Set<string>): string {
  if (!taken.has(base)) return base
  for (let number = 2; ; number++) {
    const candidate = `${base}-${number}`
    if (!taken.has(candidate)) return candidate
  }
}
