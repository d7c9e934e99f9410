import { enqueueSummary } from '#app/domain/mail/outbox.server.ts'
import { listEmailRecipients } from '#app/domain/notifications/notify.server.ts'
import { readSettings } from '#app/domain/settings/settings.server.ts'
import { transaction } from '#db/client.ts'
import { isEmpty, readDailySummary } from './daily-summary.server.ts'
import { summaryDue } from './summary-day.ts'

/**
 * Queues the summary of the day before for each staff member who has chosen it, between seven and noon in the store's
 * time zone: later only when no process ran at seven. Run every hour; each day is sent once. Nothing is sent when
 * nothing happened and nothing is to do.
 */
export async function queueSummaries(now: Date): Promise<void> {
  const settings = await readSettings()
  const day = settings && summaryDue(now, settings.timeZone)
  if (!day) return
  const recipients = await listEmailRecipients('daily-summary')
  if (recipients.length === 0) return
  const { timeZone, lowStockThreshold: lowStock } = settings
  if (isEmpty(await readDailySummary({ day, timeZone, lowStock }))) return
  await transaction(async (tx) => {
    for (const { id, email } of recipients) await enqueueSummary(tx, { day, userId: id, to: email })
  })
}
