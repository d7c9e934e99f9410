import { and, asc, eq, inArray } from 'drizzle-orm'
import { db } from '#db/client.ts'
import { collections, homeSections, media, products } from '#db/schema/index.ts'
import { listPublishedPages } from '#app/domain/pages/pages.server.ts'
import { pagePath } from '#app/domain/pages/pages.ts'
import { isPublished } from '#app/domain/products/published.server.ts'
import { setName, shownDependencies } from '#app/domain/realtime/dependencies.ts'
import { urls } from '#app/urls.ts'
import { isPublishedCollection, listCollectionTiles } from './collections.server.ts'
import { defaultHomeSections, type HomeSectionFacts, type HomeSectionKind } from './home-sections.ts'
import { listFirst, listNewest } from './listing.server.ts'
import { collectionScope } from './scope.server.ts'
import type { CollectionTile, ProductCard, ShopImage } from './storefront.ts'

type Words = { heading: string; body: string; link: { label: string; path: string } | null }

/** A section with everything that it shows. */
export type HomeSection = { key: number } & (
  | ({ kind: 'hero'; image: ShopImage | null; star: ProductCard | null } & Words)
  | ({ kind: 'image-with-text'; image: ShopImage | null } & Words)
  | { kind: 'products'; heading: string; path: string; cards: ProductCard[] }
  | { kind: 'collections'; heading: string; tiles: CollectionTile[] }
)

type Row = HomeSectionFacts & { id: number; kind: HomeSectionKind; image: ShopImage | null }

/**
 * The visible sections of the home page. Left out is what would show nothing: no products, a collection or a link that
 * shoppers cannot see. Empty for a store without products that has no text of its own either. `cards` are the
 * products in its lists, `dependsOn` the names that changes of its products are announced under.
 */
export async function getHomePage(): Promise<{
  sections: HomeSection[]
  cards: ProductCard[]
  dependsOn: string[]
}> {
  const rows = await listRows()
  const [newest, paths] = await Promise.all([
    listNewest(Math.max(8, ...rows.map(({ itemCount }) => itemCount))),
    visiblePaths(rows.map(({ linkPath }) => linkPath)),
  ])
  const resolved = await Promise.all(rows.map((row) => resolve(row, newest, paths)))
  const sections = resolved.flatMap(({ section }) => section ?? [])
  const cards = sections.flatMap((section) => (section.kind === 'products' ? section.cards : []))
  const sets = [setName('all'), ...resolved.flatMap(({ dependsOn }) => dependsOn)]
  return {
    sections: sections.some(hasContent) ? sections : [],
    cards,
    dependsOn: [...new Set([...sets, ...shownDependencies([...newest, ...cards])])],
  }
}

/** A hero that only repeats the store's name is no content. */
function hasContent(section: HomeSection): boolean {
  return section.kind !== 'hero' || Boolean(section.heading || section.body || section.image || section.star)
}

async function listRows(): Promise<Row[]> {
  const rows = await db
    .select({
      section: homeSections,
      hash: media.hash,
      width: media.width,
      height: media.height,
      color: media.color,
    })
    .from(homeSections)
    .leftJoin(media, and(eq(media.hash, homeSections.mediaHash), eq(media.status, 'ready')))
    .orderBy(asc(homeSections.position), asc(homeSections.id))
  if (rows.length === 0)
    return defaultHomeSections.map((section, index) => ({ ...section, id: index + 1, image: null }))
  return rows
    .filter(({ section }) => section.isVisible)
    .map(({ section, hash, width, height, color }) => ({
      ...section,
      image: hash && width && height ? { hash, width, height, color, alt: section.imageAlt } : null,
    }))
}

type Resolved = { section: HomeSection | null; dependsOn: string[] }

async function resolve(row: Row, newest: ProductCard[], paths: Set<string>): Promise<Resolved> {
  const { id: key, kind, heading, body, image } = row
  const link = row.linkPath && paths.has(row.linkPath) ? { label: row.linkLabel, path: row.linkPath } : null
  const only = (section: HomeSection | null): Resolved => ({ section, dependsOn: [] })
  switch (kind) {
    case 'hero': {
      const star = image ? null : (newest.find((card) => card.image) ?? newest[0] ?? null)
      return only({ key, kind, heading, body, link, image, star })
    }
    case 'image-with-text':
      return only(heading || body || image ? { key, kind, heading, body, link, image } : null)
    case 'new-products': {
      const cards = newest.slice(0, row.itemCount)
      return only(
        cards.length > 0 ? productSection(key, heading || 'New arrivals', urls.allProducts(), cards) : null,
      )
    }
    case 'collection-list': {
      const tiles = await listCollectionTiles(null, row.itemCount)
      return only(
        tiles.length > 0 ? { key, kind: 'collections', heading: heading || 'Collections', tiles } : null,
      )
    }
    case 'featured-collection':
      return resolveCollection(row)
  }
}

const productSection = (key: number, heading: string, path: string, cards: ProductCard[]): HomeSection => ({
  key,
  kind: 'products',
  heading,
  path,
  cards,
})

async function resolveCollection(row: Row): Promise<Resolved> {
  const [collection] = await db
    .select()
    .from(collections)
    .where(and(eq(collections.id, row.featuredCollectionId ?? 0), isPublishedCollection))
  if (!collection) return { section: null, dependsOn: [] }
  const scope = collectionScope(collection)
  const cards = await listFirst(scope, row.itemCount)
  const path = urls.collection(collection.handle)
  return {
    section: cards.length > 0 ? productSection(row.id, row.heading || collection.title, path, cards) : null,
    dependsOn: scope.dependsOn,
  }
}

/** The paths that lead somewhere: those of products, collections, pages and policies while shoppers can see them. */
async function visiblePaths(paths: string[]): Promise<Set<string>> {
  const handlesIn = (prefix: string) =>
    paths.flatMap((path) => (path.startsWith(prefix) ? [decode(path.slice(prefix.length))] : []))
  const [productHandles, collectionHandles] = [handlesIn('/products/'), handlesIn('/collections/')]
  const linksPages = paths.some((path) => /^\/(pages|policies)\/./.test(path))
  const [shownProducts, shownCollections, shownPages] = await Promise.all([
    productHandles.length === 0
      ? []
      : db
          .select({ handle: products.handle })
          .from(products)
          .where(and(isPublished, inArray(products.handle, productHandles))),
    collectionHandles.length === 0
      ? []
      : db
          .select({ handle: collections.handle })
          .from(collections)
          .where(and(isPublishedCollection, inArray(collections.handle, collectionHandles))),
    linksPages ? listPublishedPages() : [],
  ])
  const shown = new Set([
    ...shownProducts.map(({ handle }) => urls.product(handle)),
    ...shownCollections.map(({ handle }) => urls.collection(handle)),
    ...shownPages.map(pagePath),
    urls.allProducts(),
  ])
  return new Set(
    paths.filter((path) => shown.has(path) || !/^\/(products|collections|pages|policies)\/./.test(path)),
  )
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
