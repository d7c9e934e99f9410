/** Why a password is not taken; null when it may be. */
export type PasswordProblem = 'common' | 'about-you'

let common: Promise<Set<string>> | undefined

/**
 * Whether a new password is one of those that everybody tries first: the most used of known breaches (the 50,000
 * that zxcvbn carries), or nothing but the shop's name, the person's name or their address (OWASP ASVS 5.0, 6.2.4
 * and 6.2.11). Case, digits and signs at the end do not make it another one.
 */
export async function passwordProblem(
  password: string,
  about: { shopName?: string; name?: string; email?: string },
): Promise<PasswordProblem | null> {
  common ??= loadCommon()
  const typed = password.trim().toLowerCase()
  const core = letters(typed)
  const isCommon = (await common).has(typed) || new Set(typed).size <= 2
  if (isCommon) return 'common'
  const own = [about.shopName, about.name, about.email, about.email?.split('@')[0]]
  return own.some((word) => word && letters(word.toLowerCase()) === core && core !== '') ? 'about-you' : null
}

export const passwordProblemText = {
  common: 'This password is one of those that are tried first. Choose one that nobody else has.',
  'about-you': 'This is easy to guess for whoever knows you or the shop. Choose another one.',
} satisfies Record<PasswordProblem, string>

const letters = (text: string) => text.replace(/[^\p{L}]/gu, '')

/** Loaded with the first new password, which most processes never see. */
async function loadCommon(): Promise<Set<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common')
  return new Set(dictionary['passwords-common'])
}
