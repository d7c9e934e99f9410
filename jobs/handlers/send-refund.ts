import { paymentProvider } from '#app/domain/billing/payment-provider.server.ts'
import { sendRefund } from '#app/domain/billing/send-refund.server.ts'
import type { JobData } from '#db/queues.ts'

export async function runSendRefund({ transferId }: JobData['send-refund']) {
  return sendRefund(transferId, paymentProvider())
}
