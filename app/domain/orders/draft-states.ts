import type { draftState } from '#db/schema/drafts.ts'

/** Orders that staff prepare for a customer: the customer, or staff, place them later. */

export type DraftState = (typeof draftState.enumValues)[number]

export const draftStateLabels = {
  open: 'Open',
  sent: 'Sent',
  placed: 'Order created',
  deleted: 'Deleted',
} satisfies Record<DraftState, string>

/** "#D12" */
export function draftName({ id }: { id: number }): string {
  return `#D${id}`
}

/** It can be changed, sent and placed. */
export function isOpenDraft({ state }: { state: DraftState }): boolean {
  return state === 'open' || state === 'sent'
}
