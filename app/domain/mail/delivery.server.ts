import { createTransport } from 'nodemailer'
import { Resend } from 'resend'
import { env } from '#env'

export type OutgoingMail = {
  key: string
  from: string
  to: string
  subject: string
  html: string
  text: string
}

/** What became of a mail: handed over, or held because no mail service is set up. */
export type Delivery = { kind: 'sent'; providerId: string } | { kind: 'held' }

const timeoutMs = 15_000

/**
 * Hands a mail to Resend or to the SMTP server, whichever is set up. Throws when that fails, and then it can
 * be tried again: the key makes Resend take the same mail only once (it remembers keys for a day).
 */
export async function deliver(mail: OutgoingMail): Promise<Delivery> {
  if (env.resendApiKey) return { kind: 'sent', providerId: await sendByResend(mail, env.resendApiKey) }
  if (env.smtpUrl) return { kind: 'sent', providerId: await sendBySmtp(mail, env.smtpUrl) }
  return { kind: 'held' }
}

/** The sender of all mails: MAIL_FROM, else the shop's own contact address. */
export function senderOf(shop: { shopName: string; contactEmail: string }): string {
  return env.mailFrom ?? `"${shop.shopName.replace(/["\\\r\n]/g, '')}" <${shop.contactEmail}>`
}

async function sendByResend(mail: OutgoingMail, apiKey: string): Promise<string> {
  const resend = new Resend(apiKey, { baseUrl: env.resendBaseUrl })
  const { key, ...content } = mail
  const answer = await withTimeout(
    resend.emails.send(
      { ...content, headers: { 'Auto-Submitted': 'auto-generated' } },
      { idempotencyKey: key },
    ),
  )
  if (answer.error) throw new Error(`Resend refused the mail: ${answer.error.message}`)
  return answer.data.id
}

async function sendBySmtp(mail: OutgoingMail, url: string): Promise<string> {
  const transport = createTransport({
    url,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
  })
  try {
    const { key, ...content } = mail
    const sent = await transport.sendMail({
      ...content,
      // The same mail sent twice has the same id, so mail programs show it once.
      messageId: `<${key.replace(/[^\w.-]/g, '.')}@${new URL(env.appOrigin).hostname}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
    return sent.messageId
  } finally {
    transport.close()
  }
}

async function withTimeout<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The mail service did not answer in time')), timeoutMs)
  })
  return Promise.race([work, tooLate]).finally(() => clearTimeout(timer))
}
