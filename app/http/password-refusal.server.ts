import { passwordProblem, passwordProblemText } from '#app/domain/accounts/weak-passwords.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'

/** What is wrong with a new password, as an error of its field; null when it may be used. */
export async function passwordRefusal(
  password: string,
  about: { name?: string; email?: string },
): Promise<{ errors: { password: string[] } } | null> {
  const settings = await getSettings()
  const problem = await passwordProblem(password, { ...about, shopName: settings?.shopName })
  return problem && { errors: { password: [passwordProblemText[problem]] } }
}
