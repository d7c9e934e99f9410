import { consumeRateLimit, type Limit, type Verdict } from '#app/domain/rate-limits/rate-limits.server.ts'

/** For loaders and actions: counts an attempt and throws the 429 Response with Retry-After when it is one too many. */
export async function enforceRateLimit(limit: Limit, ...who: string[]): Promise<void> {
  refuseUnlessAllowed(await consumeRateLimit(limit, ...who))
}

/** Throws the 429 Response with Retry-After when the attempt is refused. */
export function refuseUnlessAllowed(verdict: Verdict): void {
  if (verdict.ok) return
  throw new Response('Too many attempts', {
    status: 429,
    headers: { 'retry-after': String(verdict.retryAfterSeconds), 'cache-control': 'no-store' },
  })
}
