import { collectDefaultMetrics, Gauge, Histogram, register } from 'prom-client'
import type { NextFunction, Request, Response } from 'express'
import type { poolState } from '#db/client.ts'

const durations = new Histogram({
  name: 'till_http_request_duration_seconds',
  help: 'Time until the response was sent, by method and status class',
  labelNames: ['method', 'status'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
})

/** Call once: the process's own figures, those of the database pool, and how many event streams are open. */
export function startMetrics(of: {
  pool: () => ReturnType<typeof poolState> | undefined
  streams: () => number | undefined
}) {
  collectDefaultMetrics()
  new Gauge({
    name: 'till_database_connections',
    help: 'Connections in use, callers waiting for one, transactions tried again',
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

/** An event stream lasts as long as it is wanted, which says nothing about how fast the shop answers. */
export function measure(request: Request, response: Response, next: NextFunction) {
  if (request.path === '/events') return next()
  const done = durations.startTimer()
  response.once('close', () =>
    done({ method: request.method, status: `${Math.floor(response.statusCode / 100)}xx` }),
  )
  next()
}

/** Figures are for the machine itself; whoever came through a proxy or from elsewhere finds nothing here. */
export async function metricsPage(request: Request, response: Response, next: NextFunction) {
  const isLocal = /^(::1|(::ffff:)?127\.)/.test(request.socket.remoteAddress ?? '')
  if (!isLocal || request.headers['x-forwarded-for'] || request.headers.forwarded) return next()
  response.type(register.contentType).send(await register.metrics())
}
