import { and, desc, eq, sql } from 'drizzle-orm'
import { getOrder } from '#app/domain/orders/orders.server.ts'
import { notificationWords } from '#app/domain/notifications/notifications.ts'
import { orderName } from '#app/domain/orders/orders.ts'
import type { Settings } from '#app/domain/settings/settings.server.ts'
import { urls } from '#app/urls.ts'
import { db } from '#db/client.ts'
import { invitations, type mails, notifications, orders, users } from '#db/schema/index.ts'
import { env } from '#env'
import { isOrderMailKind, type LinkKind } from './mail.ts'
import { createLink, getLinkOfMail, linkMinutes, type MailLink, tokenOf } from './mail-links.server.ts'
import type { AccountMailWords } from './templates/account-mail.tsx'
import type { MailContent } from './templates/render.server.tsx'

type Mail = typeof mails.$inferSelect

/** `token` is in the text and must not be kept. */
export type ComposedMail = { content: MailContent; token: string | null }

const mostOrderLinks = 20

/** What the mail says, from how things stand now; null when there is nothing to say to its address. */
export async function composeMail(mail: Mail, settings: Settings): Promise<ComposedMail | null> {
  // Loaded with the first mail: a process that only serves pages never needs it.
  const { renderAccountMail, renderOrderMail } = await import('./templates/render.server.tsx')
  if (isOrderMailKind(mail.kind)) {
    const about = mail.orderId === null ? null : await getOrder(mail.orderId)
    if (!about) return null
    const { kind, fulfilmentId } = mail
    const input = { kind, fulfilmentId, settings, origin: env.appOrigin, ...about }
    return { content: await renderOrderMail(input), token: null }
  }
  const said = await sayAboutAccount({ ...mail, kind: mail.kind }, settings)
  if (!said) return null
  return { content: await renderAccountMail({ settings, words: said.words }), token: said.token ?? null }
}

type Said = { words: AccountMailWords; token?: string }

async function sayAboutAccount(mail: Mail, { shopName }: Settings): Promise<Said | null> {
  switch (mail.kind) {
    case 'sign-up':
      return (await findUser(mail.toEmail)) ? alreadyRegistered(shopName) : signUp(mail, shopName)
    case 'password-reset':
      return passwordReset(mail, shopName)
    case 'email-change':
      return emailChange(mail, shopName)
    case 'invitation':
      return invitation(mail, shopName)
    case 'order-links':
      return orderLinks(mail, shopName)
    case 'staff-news':
      return staffNews(mail)
    case 'email-changed':
      return notice(
        'Your e-mail address was changed',
        `You now sign in to ${shopName} with another address. This one is no longer used.`,
      )
    case 'password-changed':
      return notice(
        'Your password was changed',
        `The password of your account at ${shopName} is a new one. All other devices were signed out.`,
      )
    case 'two-factor-changed':
      return notice(
        'Your second factor was changed',
        `How you confirm signing in to ${shopName} was set up anew or switched off.`,
      )
    case 'account-closed':
      return {
        words: {
          subject: `Your account at ${shopName} is closed`,
          heading: 'Your account is closed',
          lead: 'Your addresses, your cart and your way to sign in are deleted. Orders stay with the shop, because the law asks for it.',
        },
      }
    default:
      return null
  }
}

async function signUp(mail: Mail, shopName: string): Promise<Said> {
  const { href, token } = await linkFor(mail, 'sign-up', urls.signUpToken)
  return {
    token,
    words: {
      subject: `Your account at ${shopName}`,
      heading: 'One step to your account',
      lead: `Open this link to choose a password for your account at ${shopName}.`,
      button: { label: 'Create your account', href },
      after: `The link works once, for ${spoken('sign-up')}. If it was not you who asked for it, do nothing: no account is made.`,
    },
  }
}

function alreadyRegistered(shopName: string): Said {
  return {
    words: {
      subject: `Your account at ${shopName}`,
      heading: 'You have an account already',
      lead: `Somebody, probably you, wanted to create an account at ${shopName} with this address. There is one: just sign in.`,
      button: { label: 'Sign in', href: env.appOrigin + urls.login() },
      list: [{ label: 'I do not know my password any more', href: env.appOrigin + urls.forgotPassword() }],
    },
  }
}

async function passwordReset(mail: Mail, shopName: string): Promise<Said | null> {
  const user = await findUser(mail.toEmail)
  if (!user || user.disabledAt) return null
  const { href, token } = await linkFor(mail, 'password-reset', urls.resetPassword, { userId: user.id })
  return {
    token,
    words: {
      subject: `A new password for ${shopName}`,
      heading: 'Choose a new password',
      lead: `Somebody, probably you, asked for a new password for your account at ${shopName}.`,
      button: { label: 'Choose a new password', href },
      after: `The link works once, for ${spoken('password-reset')}. If it was not you, do nothing: your password stays as it is.`,
    },
  }
}

async function emailChange(mail: Mail, shopName: string): Promise<Said | null> {
  const link = await getLinkOfMail(mail.id)
  if (!link) return null
  const holder = await findUser(mail.toEmail)
  if (holder && holder.id !== link.userId) return alreadyRegistered(shopName)
  const { href, token } = await linkFor(mail, 'email-change', urls.confirmEmail)
  return {
    token,
    words: {
      subject: `Confirm your address for ${shopName}`,
      heading: 'Is this your address?',
      lead: `Open this link to use this address for your account at ${shopName}.`,
      button: { label: 'Confirm the address', href },
      after: `The link works once, for ${spoken('email-change')}. If it was not you, do nothing.`,
    },
  }
}

async function invitation(mail: Mail, shopName: string): Promise<Said | null> {
  const link = await getLinkOfMail(mail.id)
  if (!link?.invitationId) return null
  const [invited] = await db
    .select({ by: users.name })
    .from(invitations)
    .leftJoin(users, eq(users.id, invitations.invitedById))
    .where(eq(invitations.id, link.invitationId))
  if (!invited) return null
  const { href, token } = await linkFor(mail, 'invitation', urls.invitation)
  return {
    token,
    words: {
      subject: `Join the staff of ${shopName}`,
      heading: `Join the staff of ${shopName}`,
      lead: `${invited.by ?? 'The owner'} invites you to help run the shop.`,
      button: { label: 'Accept the invitation', href },
      after: `The link works once, for ${spoken('invitation')}.`,
    },
  }
}

async function orderLinks(mail: Mail, shopName: string): Promise<Said | null> {
  const found = await db
    .select({ token: orders.token, numberPrefix: orders.numberPrefix, number: orders.number })
    .from(orders)
    .where(and(eq(orders.email, mail.toEmail), sql`${orders.placedAt} > now() - interval '2 years'`))
    .orderBy(desc(orders.placedAt), desc(orders.id))
    .limit(mostOrderLinks)
  if (found.length === 0) return null
  return {
    words: {
      subject: `Your orders at ${shopName}`,
      heading: found.length === 1 ? 'Here is your order' : 'Here are your orders',
      lead: 'Whoever has these links can see the orders, so keep them to yourself.',
      list: found.map((order) => ({
        label: `Order ${orderName(order)}`,
        href: env.appOrigin + urls.order(order.token),
      })),
    },
  }
}

async function staffNews(mail: Mail): Promise<Said | null> {
  if (mail.notificationId === null) return null
  const [told] = await db.select().from(notifications).where(eq(notifications.id, mail.notificationId))
  if (!told) return null
  const words = notificationWords(told)
  return {
    words: {
      subject: words,
      heading: words,
      lead: 'The admin shows what it is about.',
      button: { label: 'Open the notifications', href: env.appOrigin + urls.admin.notifications() },
      after: 'You chose to be told of this by mail; your notification settings can change that.',
    },
  }
}

function notice(heading: string, lead: string): Said {
  return {
    words: {
      subject: heading,
      heading,
      lead,
      after: 'If it was not you, choose a new password at once and write to us.',
      button: { label: 'Choose a new password', href: env.appOrigin + urls.forgotPassword() },
    },
  }
}

async function findUser(email: string) {
  const [user] = await db
    .select({ id: users.id, disabledAt: users.disabledAt })
    .from(users)
    .where(eq(users.email, email))
  return user ?? null
}

/** The mail's link, made now if it has none: the same one when the job runs again. */
async function linkFor(
  mail: Mail,
  kind: LinkKind,
  to: (token: string) => string,
  about: { userId?: number } = {},
): Promise<{ href: string; token: string }> {
  const found = await getLinkOfMail(mail.id)
  const link: MailLink =
    found ?? (await createLink(db, { kind, mailId: mail.id, email: mail.toEmail, ...about }))
  const token = tokenOf(link)
  if (token === null) throw new Error(`Mail ${mail.id}: its link was made with a secret that is gone`)
  return { href: env.appOrigin + to(token), token }
}

function spoken(kind: LinkKind): string {
  const hours = linkMinutes[kind] / 60
  if (hours === 1) return 'an hour'
  return hours <= 48 ? `${hours} hours` : `${hours / 24} days`
}
