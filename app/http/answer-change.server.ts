import type { ChangePersonResult } from '#app/domain/accounts/change-person.server.ts'
import { staffRefusalText } from '#app/domain/accounts/staff.ts'
import { orNotFound, redirectWithToast } from './respond.server.ts'

/** 303 to the page of a person who was changed, or was not, in words; 404 where there is nobody. */
export async function answerChange(result: ChangePersonResult, to: { page: string; done: string }) {
  if (result.ok) return redirectWithToast(to.page, { kind: 'success', text: to.done })
  if (result.reason === 'gone') throw orNotFound(null)
  return redirectWithToast(to.page, { kind: 'error', text: staffRefusalText[result.reason] })
}
