import { createTransport } from 'nodemailer'
import { Resend } from 'resend'
import { env, type Env } from '#env'

export type OutgoingEmail = {
  key: string
  from: string
  to: string
  subject: string
  html: string
  text: string
  /** Of an email that can be stopped: where email services show "Unsubscribe" and post to (RFC 8058). */
  unsubscribeUrl?: string
}

/** The result of a send: sent, or held because no email provider is configured. */
export type Delivery = { kind: 'sent'; providerId: string } | { kind: 'held' }

/** The settings of the email service; by default those of the process. */
export type EmailService = Partial<Pick<Env, 'resendApiKey' | 'resendBaseUrl' | 'smtpUrl'>>

const timeoutMs = 15_000

/** Whether emails are sent at all; without an email service they are only kept for staff to read. */
export function isEmailServiceSet(service: EmailService = env): boolean {
  return Boolean(service.resendApiKey ?? service.smtpUrl)
}

/**
 * Sends an email through Resend or the SMTP server, whichever is configured. Throws when that fails; the send can then
 * be retried: Resend accepts the same key only once (it remembers keys for a day).
 */
export async function deliver(email: OutgoingEmail, service: EmailService = env): Promise<Delivery> {
  const { resendApiKey, smtpUrl } = service
  if (!resendApiKey && !smtpUrl) return { kind: 'held' }
  const sending = resendApiKey ? sendByResend(email, service) : sendBySmtp(email, smtpUrl!)
  return { kind: 'sent', providerId: await withTimeout(sending) }
}

/** The sender of all emails: MAIL_FROM, else the shop's contact email. */
export function getSender(shop: { shopName: string; contactEmail: string }): string {
  return env.mailFrom ?? `"${shop.shopName.replace(/["\\\r\n]/g, '')}" <${shop.contactEmail}>`
}

async function sendByResend(email: OutgoingEmail, service: EmailService): Promise<string> {
  const resend = new Resend(service.resendApiKey, { baseUrl: service.resendBaseUrl })
  const { key, unsubscribeUrl, ...content } = email
  const { data, error } = await resend.emails.send(
    { ...content, headers: headersOf(unsubscribeUrl) },
    { idempotencyKey: key },
  )
  if (error?.statusCode === null) throw new Error('Resend could not be reached')
  if (error) throw new Error(`Resend rejected the email: ${error.message}`)
  return data.id
}

async function sendBySmtp(email: OutgoingEmail, url: string): Promise<string> {
  const transport = createTransport({
    url,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
  })
  try {
    const { key, unsubscribeUrl, ...content } = email
    const sent = await transport.sendMail({
      ...content,
      // Sending the same email twice uses the same id, so email clients show it once.
      messageId: `<${key.replace(/[^\w.-]/g, '.')}@${new URL(env.appOrigin).hostname}>`,
      headers: headersOf(unsubscribeUrl),
    })
    return sent.messageId
  } finally {
    transport.close()
  }
}

function headersOf(unsubscribeUrl: string | undefined): Record<string, string> {
  const oneClick = unsubscribeUrl && {
    'List-Unsubscribe': `<${unsubscribeUrl}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  }
  return { 'Auto-Submitted': 'auto-generated', ...oneClick }
}

/** Both services have timeouts for a connection without traffic; this one also ends an answer that trickles in. */
async function withTimeout<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The email service did not respond in time')), timeoutMs)
  })
  return Promise.race([work, tooLate]).finally(() => clearTimeout(timer))
}
