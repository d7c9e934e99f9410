import type { NextFunction, Request, Response } from 'express'
import type { Refuse } from './shield.ts'
import type { countTry, Limit } from './rate-limit.ts'

/** What is limited by address, whatever the route does. Sign-in counts its account as well, in the route. */
const limited: { method: string; path: RegExp; limit: Limit }[] = [
  { method: 'POST', path: /^\/login(\.data)?$/, limit: 'loginAddress' },
  { method: 'POST', path: /^\/login\/second-factor(\.data)?$/, limit: 'loginAddress' },
  { method: 'POST', path: /^\/setup(\.data)?$/, limit: 'setup' },
  { method: 'POST', path: /^\/checkout(\.data)?$/, limit: 'checkout' },
  { method: 'GET', path: /^\/search(\.data)?$/, limit: 'search' },
]

export function limitPaths(refuse: Refuse, count: typeof countTry) {
  return async (request: Request, response: Response, next: NextFunction) => {
    const rule = limited.find(({ method, path }) => method === request.method && path.test(request.path))
    const verdict = rule && (await count(rule.limit, request.ip ?? ''))
    if (!verdict || verdict.ok) return next()
    response.set('retry-after', String(verdict.retryAfterSeconds))
    refuse(response, 429)
  }
}
