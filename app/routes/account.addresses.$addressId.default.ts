import { makeDefaultAddress } from '#app/domain/accounts/addresses.server.ts'
import { buttonAction } from '#app/http/forms/button-action.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'signed-in' } satisfies RouteHandle

const button = buttonAction({
  ids: ['addressId'],
  command: async ({ addressId }, userId) => (await makeDefaultAddress(userId, addressId)) || null,
  page: () => urls.account.addresses(),
  done: 'Default address updated.',
})

export const loader = button.loader
export const action = button.action
