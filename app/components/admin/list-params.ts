/** The query parameters of a list: page, search, filter, sort. */

/** The page number from the query; 1 for anything that is not a page number. */
export function pageOf(params: URLSearchParams, name = 'page'): number {
  const typed = params.get(name) ?? ''
  return /^[1-9]\d{0,5}$/.test(typed) ? Number(typed) : 1
}

/** The query parameter if it is one of the allowed values, otherwise the first allowed value. */
export function oneOf<Value extends string>(allowed: readonly Value[], typed: string | null): Value {
  return allowed.find((value) => value === typed) ?? allowed[0]!
}

/** The search text, trimmed to the maximum length of a search. */
export function queryOf(params: URLSearchParams): string {
  return (params.get('q') ?? '').replaceAll('\u0000', '').trim().slice(0, 200)
}

/** The list's URL with some parameters changed; goes back to page 1 unless `page` is one of them. */
export function withParams(params: URLSearchParams, changes: Record<string, string | number | null>): string {
  const next = new URLSearchParams(params)
  next.delete('page')
  for (const [name, value] of Object.entries(changes))
    if (value === null || value === '') next.delete(name)
    else next.set(name, String(value))
  const query = next.toString()
  return query ? `?${query}` : '?'
}

/** The search of a product picker: its text and page, also as the query of a URL. */
export function pickerSearch(params: URLSearchParams) {
  const [query, page] = [queryOf(params), pageOf(params, 'found')]
  const kept = new URLSearchParams({ ...(query && { q: query }), ...(page > 1 && { found: String(page) }) })
  return { query, page, kept: kept.size > 0 ? `?${kept}` : '' }
}
