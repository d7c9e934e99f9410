/** Products that this browser has shown, newest first. */

/** Products in the list on a page. */
export const viewedShown = 4

/** Products that a request may ask for. */
export const viewedMax = 12

/** The ids of a parameter such as "12,7"; anything else in it is left out. */
export function parseViewed(text: string | null): number[] {
  const ids = (text ?? '')
    .slice(0, 500)
    .split(',')
    .filter((id) => /^[1-9]\d{0,14}$/.test(id))
  return [...new Set(ids.map(Number))].slice(0, viewedMax)
}

/** The list after this product was viewed. */
export function addViewed(ids: number[], id: number): number[] {
  return [id, ...ids.filter((other) => other !== id)].slice(0, viewedMax)
}
