import { sendQueuedEmail } from '#app/domain/emails/send-email.server.ts'
import type { JobData } from '#db/queues.ts'

export async function sendEmail({ emailId }: JobData['send-email']) {
  const { orderId } = await sendQueuedEmail(emailId)
  return orderId === null ? {} : { orderId }
}
