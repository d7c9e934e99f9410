import type { Answer, Visitor } from './visitor.ts'
import { unescape } from './visitor.ts'

export type Page = { address: string; answer: Answer }

/** Follows every link and image from these URLs, within the shop, and yields each response once. */
export async function* crawl(visitor: Visitor, starts: string[]): AsyncGenerator<Page> {
  const known = new Set(starts)
  for (const address of known) {
    const answer = await visitor.get(address)
    yield { address, answer }
    for (const to of linksOf(answer)) {
      const url = URL.parse(to, visitor.origin + address)
      if (url?.origin === visitor.origin) known.add(url.pathname + url.search)
    }
  }
}

function linksOf({ body, headers, location }: Answer): string[] {
  const isPage = headers.get('content-type')?.includes('html')
  const links = isPage ? body.matchAll(/<(?:a|link|img|source)\b[^>]*?\b(?:href|src)="([^"]+)"/g) : []
  return [...[...links].map(([, to]) => unescape(to!)), ...(location ? [location] : [])]
}
