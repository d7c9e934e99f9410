import { endPromotion } from '#app/domain/promotions/edit-promotion.server.ts'
import { buttonAction } from '#app/http/forms/button-action.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'promotions' } satisfies RouteHandle

const button = buttonAction({
  ids: ['promotionId'],
  command: ({ promotionId }, by) => endPromotion(promotionId, by),
  page: ({ promotionId }) => urls.admin.promotion(promotionId),
  done: 'The promotion has ended.',
  refusals: { ended: 'This promotion had ended already.' },
})

export const loader = button.loader
export const action = button.action
