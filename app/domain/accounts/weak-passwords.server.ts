/** Why a password is refused; null when it is accepted. */
export type PasswordIssue = 'common' | 'about-you'

let common: Promise<Set<string>> | undefined

/**
 * Whether a new password is easy to guess: among the most used of known breaches (the 50,000 that zxcvbn ships), or
 * only the shop's name, the user's name or their email (OWASP ASVS 5.0, 6.2.4 and 6.2.11). Letter case and trailing
 * digits and symbols are ignored.
 */
export async function findPasswordIssue(
  password: string,
  about: { shopName?: string; name?: string; email?: string },
): Promise<PasswordIssue | null> {
  common ??= loadCommon()
  const typed = password.trim().toLowerCase()
  const core = letters(typed)
  const isCommon = (await common).has(typed) || new Set(typed).size <= 2
  if (isCommon) return 'common'
  const own = [about.shopName, about.name, about.email, about.email?.split('@')[0]]
  return own.some((word) => word && letters(word.toLowerCase()) === core && core !== '') ? 'about-you' : null
}

export const passwordIssueMessages = {
  common: 'This password is too common. Choose another one.',
  'about-you': 'This password is easy to guess from your name, email or store. Choose another one.',
} satisfies Record<PasswordIssue, string>

const letters = (text: string) => text.replace(/[^\p{L}]/gu, '')

/** Loaded with the first new password, because most processes never need it. */
async function loadCommon(): Promise<Set<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common')
  return new Set(dictionary['passwords-common'])
}
