import type { Queue } from 'pg-boss'

/** The jobs of the shop: what each carries (ids only) and its retries. */
export type JobData = {
  'send-email': { emailId: number }
  'read-import': { importId: number }
  'apply-import': { importId: number }
  'undo-import': { importId: number }
  'fetch-images': object
  'send-refund': { transferId: number }
  'make-renditions': { hash: string }
  'process-provider-event': { eventId: string }
  'expire-orders': object
  'reconcile-payments': object
  'find-missed-events': object
  'queue-summaries': object
  'notify-back-in-stock': object
  'remind-of-carts': object
  'request-reviews': object
  'refresh-search-words': object
  'recount-search-words': object
  'refresh-sales': object
  'refresh-bought-together': object
  cleanup: object
}

export type QueueName = keyof JobData

/** The queue of jobs that failed every attempt; staff see them in the admin. */
export const deadLetters = 'dead-letters'

/** A killed worker's job is retried after this long. */
const heartbeatSeconds = 10

const hours = (n: number) => n * 60 * 60

const common = {
  heartbeatSeconds,
  deadLetter: deadLetters,
  retryBackoff: true,
  retentionSeconds: hours(24 * 7),
  deleteAfterSeconds: hours(24),
} satisfies Partial<Queue>

export const queues: Record<QueueName, Omit<Queue, 'name'>> = {
  // 2 s, 4 s, ... capped at an hour: about thirty hours of retries before an email fails for good.
  'send-email': { ...common, retryLimit: 40, retryDelay: 2, retryDelayMax: hours(1), expireInSeconds: 120 },
  'read-import': { ...common, retryLimit: 2, retryDelay: 2, expireInSeconds: hours(2) },
  'apply-import': { ...common, retryLimit: 5, retryDelay: 2, expireInSeconds: hours(2) },
  'undo-import': { ...common, retryLimit: 5, retryDelay: 2, expireInSeconds: hours(2) },
  // One at a time, in whatever process, so that no host gets more requests than one run makes.
  'fetch-images': {
    ...common,
    policy: 'singleton',
    retryLimit: 20,
    retryDelay: 5,
    retryDelayMax: 300,
    expireInSeconds: 600,
  },
  // About half a day, within which a repeated call has the same effect at the provider.
  'send-refund': { ...common, retryLimit: 18, retryDelay: 5, retryDelayMax: hours(1), expireInSeconds: 120 },
  'make-renditions': { ...common, retryLimit: 3, retryDelay: 2, expireInSeconds: 300 },
  // Up to a day: the provider may be down, or a row of ours may not be committed yet.
  'process-provider-event': {
    ...common,
    retryLimit: 30,
    retryDelay: 2,
    retryDelayMax: hours(1),
    expireInSeconds: 120,
  },
  // These run again soon, so a failed run is not repeated.
  'expire-orders': { ...common, policy: 'singleton', retryLimit: 0, expireInSeconds: 600 },
  'reconcile-payments': { ...common, policy: 'singleton', retryLimit: 0, expireInSeconds: 600 },
  'find-missed-events': { ...common, retryLimit: 5, retryDelay: 60, expireInSeconds: 600 },
  'queue-summaries': { ...common, retryLimit: 2, retryDelay: 60, expireInSeconds: 120 },
  'notify-back-in-stock': { ...common, policy: 'singleton', retryLimit: 0, expireInSeconds: 600 },
  'remind-of-carts': { ...common, policy: 'singleton', retryLimit: 0, expireInSeconds: 600 },
  'request-reviews': { ...common, policy: 'singleton', retryLimit: 0, expireInSeconds: 600 },
  'refresh-search-words': { ...common, policy: 'singleton', retryLimit: 0, expireInSeconds: hours(1) },
  'recount-search-words': {
    ...common,
    policy: 'singleton',
    retryLimit: 1,
    retryDelay: 60,
    expireInSeconds: 900,
  },
  'refresh-sales': { ...common, policy: 'singleton', retryLimit: 0, expireInSeconds: 600 },
  'refresh-bought-together': {
    ...common,
    policy: 'singleton',
    retryLimit: 1,
    retryDelay: 60,
    expireInSeconds: 900,
  },
  cleanup: { ...common, retryLimit: 1, retryDelay: 60, expireInSeconds: 600 },
}

/** Recurring jobs, in cron syntax (UTC). */
export const schedules: { [Name in QueueName]?: string } = {
  cleanup: '17 * * * *',
  'expire-orders': '* * * * *',
  'reconcile-payments': '*/5 * * * *',
  'find-missed-events': '41 3 * * *',
  'queue-summaries': '5 * * * *',
  'notify-back-in-stock': '* * * * *',
  'remind-of-carts': '*/10 * * * *',
  'request-reviews': '*/10 * * * *',
  'refresh-search-words': '* * * * *',
  'recount-search-words': '29 2 * * *',
  'refresh-sales': '*/15 * * * *',
  'refresh-bought-together': '53 * * * *',
}
