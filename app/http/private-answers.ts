import type { NextFunction, Request, Response } from 'express'

/**
 * Whatever an answer does not say is public is one person's own: caches between shop and browser do not store it,
 * and none hands an answer for one cookie to another. Judged when the answer begins, when its headers are known.
 */
export function privateAnswers(_: Request, response: Response, next: NextFunction) {
  const writeHead = response.writeHead.bind(response) as (...values: unknown[]) => Response
  response.writeHead = (...values: unknown[]) => {
    const said = String(response.getHeader('cache-control') ?? '')
    const setsCookie = response.hasHeader('set-cookie')
    if (!said.startsWith('public') || setsCookie) {
      const rule = said.replace(/^public/, '').replace(/^,\s*/, '') || 'no-cache'
      response.setHeader('cache-control', rule.includes('private') ? rule : `private, ${rule}`)
      if (!/cookie/i.test(String(response.getHeader('vary')))) response.vary('Cookie')
    }
    return writeHead(...values)
  }
  next()
}
