import { type Job, type JobResult, PgBoss, type WorkOptions } from 'pg-boss'
import { redactText } from '#app/domain/redact.ts'
import { deadLetters, type JobData, type QueueName, queues, schedules } from '#db/queues.ts'
import { runApplyImport, runUndoImport } from './handlers/apply-import.ts'
import { refreshTogether } from './handlers/bought-together.ts'
import { runFetchImages } from './handlers/fetch-images.ts'
import { handleDeadLetterJob } from './handlers/dead-letter.ts'
import { runMakeRenditions } from './handlers/make-renditions.ts'
import {
  expireUnpaidOrders,
  fetchMissedEvents,
  processProviderEvent,
  reconcile,
} from './handlers/payments.ts'
import { runReadImport } from './handlers/read-import.ts'
import { sendEmail } from './handlers/send-email.ts'
import { notifyBackInStock, remindOfCarts, requestReviews } from './handlers/reminders.ts'
import { recountWords, refreshWords } from './handlers/search-words.ts'
import { runSendRefund } from './handlers/send-refund.ts'
import { refreshSales } from './handlers/refresh-sales.ts'
import { runQueueSummaries } from './handlers/queue-summaries.ts'
import { cleanup } from './handlers/cleanup.ts'

/** May return further ids for the log. */
type Handler<Name extends QueueName> = (data: JobData[Name]) => Promise<void | { orderId?: number }>

const handlers: { [Name in QueueName]?: Handler<Name> } = {
  'send-email': sendEmail,
  'read-import': runReadImport,
  'apply-import': runApplyImport,
  'undo-import': runUndoImport,
  'fetch-images': runFetchImages,
  'make-renditions': runMakeRenditions,
  'send-refund': runSendRefund,
  'process-provider-event': processProviderEvent,
  'expire-orders': expireUnpaidOrders,
  'reconcile-payments': reconcile,
  'find-missed-events': fetchMissedEvents,
  'queue-summaries': runQueueSummaries,
  'notify-back-in-stock': notifyBackInStock,
  'remind-of-carts': remindOfCarts,
  'request-reviews': requestReviews,
  'refresh-search-words': refreshWords,
  'recount-search-words': recountWords,
  'refresh-sales': refreshSales,
  'refresh-bought-together': refreshTogether,
  cleanup,
}

/** Emails come in bursts and mostly wait for the network; the rest is heavy work, one at a time. */
const workOptions: { [Name in QueueName]?: WorkOptions } = {
  'send-email': { batchSize: 10, burstWhenBatchFull: true },
}

export type Worker = { stop(): Promise<void> }

/**
 * Processes jobs from the queues until stopped. `stop` lets running jobs finish for up to ten seconds; unfinished ones
 * are retried by the next worker. `onError` is called for every failed job, `onDone` with the ids of every other one.
 */
export async function startWorker(input: {
  databaseUrl: string
  onError: (error: unknown, context: { queue?: string; jobId?: string }) => void
  onDone?: (job: { queue: string; jobId: string }) => void
}): Promise<Worker> {
  const boss = new PgBoss({
    connectionString: input.databaseUrl,
    application_name: 'till-worker',
    max: 3,
    migrate: false,
    // Rebuilding an index requires its owner, which this role is not.
    reindex: false,
    schedule: true,
  })
  boss.on('error', (error) => input.onError(error, {}))
  await boss.start()
  for (const name of Object.keys(queues) as QueueName[]) {
    const handle = handlers[name] as Handler<QueueName> | undefined
    if (!handle) continue
    const run = (job: Job<JobData[QueueName]>) => {
      const about = { queue: name, jobId: job.id, ...job.data }
      return runJob(job, handle, {
        onError: (error) => input.onError(error, about),
        onDone: (ids) => input.onDone?.({ ...about, ...ids }),
      })
    }
    await boss.work<JobData[QueueName], JobResult[]>(
      name,
      { pollingIntervalSeconds: 1, ...workOptions[name], perJobResults: true },
      (jobs) => Promise.all(jobs.map(run)),
    )
  }
  await boss.work(deadLetters, { includeMetadata: true, pollingIntervalSeconds: 1 }, async (letters) => {
    for (const { id, data, sourceName } of letters) await handleDeadLetterJob({ id, queue: sourceName, data })
  })
  for (const [name, cron] of Object.entries(schedules)) await boss.schedule(name, cron)
  return { stop: () => boss.stop({ graceful: true, timeout: 10_000 }) }
}

async function runJob(
  job: Job<JobData[QueueName]>,
  handle: Handler<QueueName>,
  { onError, onDone }: { onError: (error: unknown) => void; onDone: (ids: object) => void },
): Promise<JobResult> {
  try {
    onDone((await withinTime(job, handle(job.data))) ?? {})
    return { id: job.id, status: 'completed' }
  } catch (error) {
    onError(error)
    return {
      id: job.id,
      status: 'failed',
      output: { message: redactText(error instanceof Error ? error.message : String(error)) },
    }
  }
}

/**
 * Ends the wait for a handler that does not return: pg-boss would run no other job of the queue until it does, and fail
 * all jobs of its batch when the time of one is over. So this comes a second earlier.
 */
async function withinTime<T>({ expireInSeconds }: Job, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const seconds = Math.max(1, expireInSeconds - 1)
  const isOver = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`The job did not end within ${seconds} s`)), seconds * 1000)
  })
  return Promise.race([work, isOver]).finally(() => clearTimeout(timer))
}
