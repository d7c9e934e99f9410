/**
 * Reads the data of a page entirely before Remix decodes it (no page streams its data). A navigation that another one
 * replaces then rejects the request, which the router expects, and not the body, for which Remix logs an error.
 */
export function readDataWhole(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await fetch(input, init)
    const isData = response.body !== null && new URL(response.url).pathname.endsWith('.data')
    return isData ? new Response(await response.arrayBuffer(), response) : response
  }
}
