import { getFooterLinks } from '#app/domain/pages/pages.server.ts'
import { pagePath } from '#app/domain/pages/pages.ts'
import { env } from '#env'

/** The store's published policies, for the end of each email. */
export async function listPolicyLinks(): Promise<{ label: string; href: string }[]> {
  const { policies } = await getFooterLinks()
  return policies.map((policy) => ({ label: policy.title, href: env.appOrigin + pagePath(policy) }))
}
