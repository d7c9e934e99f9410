import { and, desc, eq, sql } from 'drizzle-orm'
import { plural } from '#app/domain/intl.ts'
import { getEmailLink } from '#app/domain/mail/email-links.server.ts'
import { notificationText } from '#app/domain/notifications/notifications.ts'
import { orderName } from '#app/domain/orders/orders.ts'
import type { Settings } from '#app/domain/settings/settings.server.ts'
import { urls } from '#app/urls.ts'
import { db } from '#db/client.ts'
import { invitations, notifications, orders, users } from '#db/schema/index.ts'
import { env } from '#env'
import { composeSummary } from './compose-summary.server.ts'
import { formatValidity, getOrCreateLink, type StoredEmail } from './email-link.server.ts'
import type { AccountEmailText } from './templates/account-email.tsx'

const maxOrderLinks = 20

/** `token` is part of the text and must not be stored. `unsubscribeUrl` is one of an email that can be stopped. */
export type Composed = { content: AccountEmailText; token?: string; unsubscribeUrl?: string }

/** The text of an email to a user, from the current state; null when there is nothing to send to its address. */
export async function composeAccountEmail(email: StoredEmail, settings: Settings): Promise<Composed | null> {
  const { shopName } = settings
  switch (email.kind) {
    case 'sign-up':
      return (await findUser(email.toEmail)) ? alreadyRegistered(shopName) : signUp(email, shopName)
    case 'password-reset':
      return passwordReset(email, shopName)
    case 'email-change':
      return emailChange(email, shopName)
    case 'invitation':
      return invitation(email, shopName)
    case 'order-links':
      return orderLinks(email, shopName)
    case 'staff-news':
      return staffNotifications(email)
    case 'daily-summary': {
      const content = await composeSummary(email, settings)
      return content && { content }
    }
    case 'email-changed':
      return notice(
        'Your email address was changed',
        `You now sign in to ${shopName} with another email address.`,
      )
    case 'password-changed':
      return notice(
        'Your password was changed',
        `The password of your ${shopName} account was changed. All other devices were signed out.`,
      )
    case 'two-factor-changed':
      return notice(
        'Your two-factor authentication was changed',
        `Two-factor authentication for your ${shopName} account was set up again or turned off.`,
      )
    case 'account-closed':
      return {
        content: {
          subject: `Your ${shopName} account is closed`,
          heading: 'Your account is closed',
          lead: 'Your addresses, cart and sign-in details were deleted. We keep order records as required by law.',
        },
      }
    default:
      return null
  }
}

async function signUp(email: StoredEmail, shopName: string): Promise<Composed> {
  const { href, token } = await getOrCreateLink(email, 'sign-up', urls.signUpToken)
  return {
    token,
    content: {
      subject: `Your account at ${shopName}`,
      heading: 'Confirm your email',
      lead: `Use this link to choose a password for your ${shopName} account.`,
      button: { label: 'Create your account', href },
      after: `The link works once, for ${formatValidity('sign-up')}. Not you? Ignore this email.`,
    },
  }
}

function alreadyRegistered(shopName: string): Composed {
  return {
    content: {
      subject: `Your account at ${shopName}`,
      heading: 'You already have an account',
      lead: `Someone, probably you, tried to create an account at ${shopName} with this email address. You already have one: sign in instead.`,
      button: { label: 'Sign in', href: env.appOrigin + urls.login() },
      list: [{ label: 'Forgot your password?', href: env.appOrigin + urls.forgotPassword() }],
    },
  }
}

async function passwordReset(email: StoredEmail, shopName: string): Promise<Composed | null> {
  const user = await findUser(email.toEmail)
  if (!user || user.disabledAt) return null
  const { href, token } = await getOrCreateLink(email, 'password-reset', urls.resetPassword, {
    userId: user.id,
  })
  return {
    token,
    content: {
      subject: `Reset your ${shopName} password`,
      heading: 'Reset your password',
      lead: `Someone, probably you, asked to reset the password of your ${shopName} account.`,
      button: { label: 'Reset your password', href },
      after: `The link works once, for ${formatValidity('password-reset')}. Not you? Ignore this email. Your password stays the same.`,
    },
  }
}

async function emailChange(email: StoredEmail, shopName: string): Promise<Composed | null> {
  const link = await getEmailLink(email.id)
  if (!link) return null
  const holder = await findUser(email.toEmail)
  if (holder && holder.id !== link.userId) return alreadyRegistered(shopName)
  const { href, token } = await getOrCreateLink(email, 'email-change', urls.confirmEmail)
  return {
    token,
    content: {
      subject: `Confirm your email for ${shopName}`,
      heading: 'Confirm your email',
      lead: `Use this link to confirm this email address for your ${shopName} account.`,
      button: { label: 'Confirm email', href },
      after: `The link works once, for ${formatValidity('email-change')}. Not you? Ignore this email.`,
    },
  }
}

async function invitation(email: StoredEmail, shopName: string): Promise<Composed | null> {
  const link = await getEmailLink(email.id)
  if (!link?.invitationId) return null
  const [invited] = await db
    .select({ by: users.name })
    .from(invitations)
    .leftJoin(users, eq(users.id, invitations.invitedById))
    .where(eq(invitations.id, link.invitationId))
  if (!invited) return null
  const { href, token } = await getOrCreateLink(email, 'invitation', urls.invitation)
  return {
    token,
    content: {
      subject: `Join ${shopName} as staff`,
      heading: `Join ${shopName} as staff`,
      lead: `${invited.by ?? 'The owner'} invited you to help run the store.`,
      button: { label: 'Accept the invitation', href },
      after: `The link works once, for ${formatValidity('invitation')}.`,
    },
  }
}

async function orderLinks(email: StoredEmail, shopName: string): Promise<Composed | null> {
  const found = await db
    .select({ token: orders.token, numberPrefix: orders.numberPrefix, number: orders.number })
    .from(orders)
    .where(and(eq(orders.email, email.toEmail), sql`${orders.placedAt} > now() - interval '2 years'`))
    .orderBy(desc(orders.placedAt), desc(orders.id))
    .limit(maxOrderLinks)
  if (found.length === 0) return null
  return {
    content: {
      subject: `Your orders at ${shopName}`,
      heading: plural(found.length, 'Your order'),
      lead: 'Don’t share these links: anyone who has them can see your orders.',
      list: found.map((order) => ({
        label: `Order ${orderName(order)}`,
        href: env.appOrigin + urls.order(order.token),
      })),
    },
  }
}

async function staffNotifications(email: StoredEmail): Promise<Composed | null> {
  if (email.notificationId === null) return null
  const [notification] = await db
    .select()
    .from(notifications)
    .where(eq(notifications.id, email.notificationId))
  if (!notification) return null
  const title = notificationText(notification)
  return {
    content: {
      subject: title,
      heading: title,
      lead: 'See the details in the admin.',
      button:
        notification.orderId === null
          ? { label: 'View notifications', href: env.appOrigin + urls.admin.notifications() }
          : { label: 'View order', href: env.appOrigin + urls.admin.order(notification.orderId) },
      after: 'You get this email because of your notification settings.',
    },
  }
}

function notice(heading: string, lead: string): Composed {
  return {
    content: {
      subject: heading,
      heading,
      lead,
      after: 'Not you? Reset your password now and contact us.',
      button: { label: 'Reset your password', href: env.appOrigin + urls.forgotPassword() },
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
