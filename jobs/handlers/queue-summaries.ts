import { queueSummaries } from '#app/domain/reports/queue-summaries.server.ts'

export async function runQueueSummaries(): Promise<void> {
  await queueSummaries(new Date())
}
