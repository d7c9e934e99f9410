/** Pages and policies that staff write: "About us" at /pages/about-us, the refund policy at /policies/refund-policy. */
import { urls } from '#app/urls.ts'

export type PageKind = 'page' | 'policy'

/** A page as a link. */
export type PageLink = { kind: PageKind; handle: string; title: string }

/** In the order in which they are linked. The list is also a check constraint of the table. */
export const policyHandles = [
  'shipping-policy',
  'refund-policy',
  'privacy-policy',
  'terms-of-service',
  'legal-notice',
] as const

export type PolicyHandle = (typeof policyHandles)[number]

/** The suggested title of each policy, and what customers look for in it. */
export const policies = {
  'shipping-policy': {
    title: 'Shipping policy',
    about: 'Where you ship, what it costs and how long it takes.',
  },
  'refund-policy': {
    title: 'Return and refund policy',
    about: 'How customers return items, by when, and how they get their money back.',
  },
  'privacy-policy': {
    title: 'Privacy policy',
    about: 'Which personal data you collect, why, and for how long.',
  },
  'terms-of-service': {
    title: 'Terms of service',
    about: 'The contract that customers accept when they place an order.',
  },
  'legal-notice': {
    title: 'Legal notice',
    about: 'Who runs the store, and how to contact you.',
  },
} satisfies Record<PolicyHandle, { title: string; about: string }>

export function isPolicyHandle(handle: string | null): handle is PolicyHandle {
  return (policyHandles as readonly (string | null)[]).includes(handle)
}

/** Where shoppers read it. */
export function pagePath({ kind, handle }: { kind: PageKind; handle: string }): string {
  return kind === 'policy' ? urls.policy(handle) : urls.page(handle)
}
