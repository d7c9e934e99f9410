import { and, asc, eq, isNotNull, isNull, or, sql } from 'drizzle-orm'
import { cachedByCatalogVersion } from '#app/domain/realtime/catalog-cache.server.ts'
import { db } from '#db/client.ts'
import { pages } from '#db/schema/index.ts'
import { type PageKind, type PageLink, policyHandles } from './pages.ts'

/** Whether shoppers can see the page. */
export const isPublishedPage = isNotNull(pages.publishedAt)

/** The text may have been written long before it was published. */
const lastChange = sql<Date>`greatest(${pages.updatedAt}, ${pages.publishedAt})`.mapWith(pages.updatedAt)

const columns = {
  id: pages.id,
  kind: pages.kind,
  handle: pages.handle,
  title: pages.title,
  body: pages.body,
  seoTitle: pages.seoTitle,
  seoDescription: pages.seoDescription,
  updatedAt: lastChange,
}

export type ContentPage = NonNullable<Awaited<ReturnType<typeof getPublishedPage>>>

type Address = { kind: PageKind; handle: string }

const isAt = ({ kind, handle }: Address) => and(eq(pages.kind, kind), eq(pages.handle, handle))

/** The page or policy at an address; null while it is not written or not published. */
export async function getPublishedPage(address: Address) {
  const [page] = await db
    .select(columns)
    .from(pages)
    .where(and(isAt(address), isPublishedPage))
  return page ?? null
}

/** The same for staff, before it is published; null once it is. */
export async function getUnpublishedPage(address: Address) {
  const [page] = await db
    .select(columns)
    .from(pages)
    .where(and(isAt(address), isNull(pages.publishedAt)))
  return page ?? null
}

/** Every published page and policy with the time of its last change. */
export function listPublishedPages() {
  return db
    .select({ kind: pages.kind, handle: pages.handle, title: pages.title, updatedAt: lastChange })
    .from(pages)
    .where(isPublishedPage)
    .orderBy(asc(pages.kind), asc(pages.id))
    .limit(4000)
}

/** What the store links on every page: the pages chosen for the footer, and all policies, each in their order. */
export function getFooterLinks(): Promise<{ pages: PageLink[]; policies: PageLink[] }> {
  return cachedByCatalogVersion({ question: 'footer links', dependsOn: [] }, readFooterLinks)
}

async function readFooterLinks() {
  const links = await db
    .select({ kind: pages.kind, handle: pages.handle, title: pages.title })
    .from(pages)
    .where(and(isPublishedPage, or(eq(pages.kind, 'policy'), isNotNull(pages.position))))
    .orderBy(asc(pages.position), asc(pages.id))
    .limit(100)
  const rank = ({ handle }: PageLink) => (policyHandles as readonly string[]).indexOf(handle)
  return {
    pages: links.filter(({ kind }) => kind === 'page'),
    policies: links.filter(({ kind }) => kind === 'policy').sort((a, b) => rank(a) - rank(b)),
  }
}
