import type { consentSource } from '#db/schema/consents.ts'

export type ConsentSource = (typeof consentSource.enumValues)[number]

/** The text beside the checkbox, recorded with each consent. */
export function consentText(shopName: string): string {
  return `Email me news and offers from ${shopName}, and a reminder when I leave items in my cart. I can unsubscribe at any time.`
}

export const consentSourceLabels = {
  checkout: 'at checkout',
  account: 'in the account',
  email: 'by a link in an email',
  'account-closed': 'account closed',
} satisfies Record<ConsentSource, string>
