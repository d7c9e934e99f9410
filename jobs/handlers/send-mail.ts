import { sendQueuedMail } from '#app/domain/mail/send-mail.server.ts'
import type { JobData } from '#db/queues.ts'

export async function sendMail({ mailId }: JobData['send-mail']): Promise<void> {
  await sendQueuedMail(mailId)
}
