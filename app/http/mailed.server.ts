import { urls } from '#app/urls.ts'
import { redirectWithToast } from './respond.server.ts'

/** 303 to the page that says what to do next, the same whether a mail goes out or not. */
export function redirectMailed(email: string) {
  return redirectWithToast(urls.checkYourMail(), { kind: 'info', text: `For ${email}: look into your mail.` })
}
