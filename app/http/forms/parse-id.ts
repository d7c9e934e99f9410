/** An id from the URL: a positive integer, or a 404. */
export function parseId(param: string | undefined): number {
  if (param && /^[1-9]\d{0,14}$/.test(param)) return Number(param)
  throw new Response('Not found', { status: 404 })
}
