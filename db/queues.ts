import type { Queue } from 'pg-boss'

/** The jobs of the shop: what each carries (ids only) and how often it is tried. */
export type JobData = {
  'send-mail': { mailId: number }
  'read-import': { importId: number }
  'apply-import': { importId: number }
  'make-renditions': { hash: string }
  tidy: object
}

export type QueueName = keyof JobData

/** Where jobs end that failed each time; staff see them in the admin. */
export const deadLetters = 'dead-letters'

/** A killed worker's job is taken up again after this long. */
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
  // 2 s, 4 s, ... capped at an hour: about thirty hours of trying before a mail is given up.
  'send-mail': { ...common, retryLimit: 40, retryDelay: 2, retryDelayMax: hours(1), expireInSeconds: 120 },
  'read-import': { ...common, retryLimit: 2, retryDelay: 2, expireInSeconds: hours(2) },
  'apply-import': { ...common, retryLimit: 5, retryDelay: 2, expireInSeconds: hours(2) },
  'make-renditions': { ...common, retryLimit: 3, retryDelay: 2, expireInSeconds: 300 },
  tidy: { ...common, retryLimit: 1, retryDelay: 60, expireInSeconds: 600 },
}

/** Jobs that come back by themselves, as cron says (UTC). */
export const schedules: { [Name in QueueName]?: string } = { tidy: '17 * * * *' }
