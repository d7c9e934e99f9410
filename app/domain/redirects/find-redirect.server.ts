import { eq } from 'drizzle-orm'
import { db } from '#db/client.ts'
import { redirects } from '#db/schema/index.ts'
import { isProtectedPath, maxPathLength, toComparedPath, withQuery } from './redirects.ts'

/**
 * Where a URL of the store leads by staff's redirects, with its query string; null when it does not. One step of a chain:
 * the next address may have a page of its own. Asked only for addresses without a page.
 */
export async function findRedirect(url: URL): Promise<string | null> {
  const path = toComparedPath(url.pathname)
  if (path.length > maxPathLength || isProtectedPath(path)) return null
  const [found] = await db
    .select({ target: redirects.target })
    .from(redirects)
    .where(eq(redirects.path, path))
  return found ? withQuery(found.target, url.search) : null
}
