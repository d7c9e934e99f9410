import { findPasswordIssue, passwordIssueMessages } from '#app/domain/accounts/weak-passwords.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'

/** Why a new password is refused, as an error of its field; null when it is accepted. */
export async function passwordRefusal(
  password: string,
  about: { name?: string; email?: string },
): Promise<{ errors: { password: string[] } } | null> {
  const settings = await getSettings()
  const problem = await findPasswordIssue(password, { ...about, shopName: settings?.shopName })
  return problem && { errors: { password: [passwordIssueMessages[problem]] } }
}
