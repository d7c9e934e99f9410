import type { NextFunction, Request, Response } from 'express'

/**
 * Every response that does not declare itself public is private: shared caches do not store it, and no cache reuses it
 * for another cookie. Applied when the response begins, when its headers are known.
 */
export function privateResponses(_: Request, response: Response, next: NextFunction) {
  const writeHead = response.writeHead.bind(response) as (...values: unknown[]) => Response
  response.writeHead = (...values: unknown[]) => {
    const current = String(response.getHeader('cache-control') ?? '')
    const setsCookie = response.hasHeader('set-cookie')
    if (!current.startsWith('public') || setsCookie) {
      const rule = current.replace(/^public/, '').replace(/^,\s*/, '') || 'no-cache'
      response.setHeader('cache-control', rule.includes('private') ? rule : `private, ${rule}`)
      if (!/cookie/i.test(String(response.getHeader('vary')))) response.vary('Cookie')
    }
    return writeHead(...values)
  }
  next()
}
