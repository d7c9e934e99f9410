/** What stands in the address of a list: page, search, filter, order. */

/** The page number of a list's address: 1 for anything that is not one. */
export function pageOf(params: URLSearchParams): number {
  const typed = params.get('page') ?? ''
  return /^[1-9]\d{0,5}$/.test(typed) ? Number(typed) : 1
}

/** A word of the address, if it is one of the list; else the first. */
export function oneOf<Word extends string>(words: readonly Word[], typed: string | null): Word {
  return words.find((word) => word === typed) ?? words[0]!
}

/** What was typed into a search field, short enough to search for. */
export function queryOf(params: URLSearchParams): string {
  return (params.get('q') ?? '').replaceAll('\u0000', '').trim().slice(0, 200)
}

/** The list's address with some of its words changed; the page starts over unless it is one of them. */
export function withParams(params: URLSearchParams, changes: Record<string, string | number | null>): string {
  const next = new URLSearchParams(params)
  next.delete('page')
  for (const [name, value] of Object.entries(changes))
    if (value === null || value === '') next.delete(name)
    else next.set(name, String(value))
  const query = next.toString()
  return query ? `?${query}` : '?'
}
