import type { SavePromotionRefusal } from '#app/domain/promotions/edit-promotion.server.ts'
import { nothingChosen } from '#app/domain/promotions/promotion.schema.ts'

const stale =
  'Someone else changed this promotion, so nothing was saved. Your edits are still here: copy what you need, then reload the page.'

/** What the form's answer says, and at which field. */
export const promotionMessages = {
  'code-taken': { errors: { promotionCode: ['Another promotion has this code. Choose another one.'] } },
  'has-codes': {
    errors: {
      method: ['Codes were generated for this promotion, and some may be with customers. Keep this choice.'],
    },
  },
  'items-deleted': { errors: { scope: [nothingChosen] } },
  'gets-deleted': { errors: { getScope: [nothingChosen] } },
  stale: { problem: stale },
} satisfies Record<SavePromotionRefusal, { problem?: string; errors?: Record<string, string[]> }>
