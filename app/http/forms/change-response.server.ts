import type { ChangeUserResult } from '#app/domain/staff/change-user.server.ts'
import { staffRefusalMessages } from '#app/domain/staff/staff.ts'
import { orNotFound, redirectWithToast } from './respond.server.ts'

/** 303 to the page of a user who was changed, or was not, with a message; 404 when there is no such user. */
export async function changeResponse(result: ChangeUserResult, to: { page: string; done: string }) {
  if (result.ok) return redirectWithToast(to.page, { kind: 'success', text: to.done })
  if (result.reason === 'not-found') throw orNotFound(null)
  return redirectWithToast(to.page, { kind: 'error', text: staffRefusalMessages[result.reason] })
}
