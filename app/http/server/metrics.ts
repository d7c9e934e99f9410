import { createHash, timingSafeEqual } from 'node:crypto'
import { collectDefaultMetrics, Counter, Gauge, Histogram, register } from 'prom-client'
import type { NextFunction, Request, Response } from 'express'
import type { poolState } from '#db/client.ts'

const durations = new Histogram({
  name: 'till_http_request_duration_seconds',
  help: 'Time until the response was sent, by method and status class',
  labelNames: ['method', 'status'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
})

const publicPages = new Counter({
  name: 'till_public_pages_total',
  help: 'Public pages and their data, by source: cache or render',
  labelNames: ['from'],
})

export function countPublicPage(from: 'cache' | 'render') {
  publicPages.inc({ from })
}

/** Call once: metrics of the process, of the database pool, and the number of open event streams. */
export function startMetrics(of: {
  pool: () => ReturnType<typeof poolState> | undefined
  streams: () => number | undefined
}) {
  collectDefaultMetrics()
  new Gauge({
    name: 'till_database_connections',
    help: 'Connections in use, callers waiting for a connection, retried transactions',
    labelNames: ['state'],
    collect() {
      for (const [state, count] of Object.entries(of.pool() ?? {})) this.set({ state }, count)
    },
  })
  new Gauge({
    name: 'till_event_streams',
    help: 'Open event streams',
    collect() {
      this.set(of.streams() ?? 0)
    },
  })
}

/** The duration of an event stream says nothing about how fast the store answers. */
export function measure(request: Request, response: Response, next: NextFunction) {
  if (request.path === '/events') return next()
  const done = durations.startTimer()
  response.once('close', () =>
    done({ method: request.method, status: `${Math.floor(response.statusCode / 100)}xx` }),
  )
  next()
}

/** The metrics, for requests with METRICS_TOKEN as bearer token. Without that setting the route is a 404. */
export function metricsPage(token: string | undefined) {
  return async (request: Request, response: Response, next: NextFunction) => {
    if (!token) return next()
    response.set('cache-control', 'no-store')
    const [, given = ''] = /^bearer +(.+)$/i.exec(request.headers.authorization ?? '') ?? []
    if (!isSame(given, token))
      return void response.status(401).set('www-authenticate', 'Bearer').type('txt').send('Wrong token\n')
    response.type(register.contentType).send(await register.metrics())
  }
}

function isSame(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}
