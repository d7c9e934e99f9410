import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { CollectionTiles } from '#app/components/collection-tiles.tsx'
import { EmptyState } from '#app/components/empty-state.tsx'
import { revalidateOn } from '#app/components/live/revalidate-on.ts'
import { pageMeta, rootOf } from '#app/components/page-meta.ts'
import { ProductGrid } from '#app/components/product-card.tsx'
import { storeData, structuredData } from '#app/components/structured-data/structured-data.ts'
import { useShop } from '#app/components/shop.ts'
import { getHomePage, type HomeSection } from '#app/domain/storefront/home-page.server.ts'
import { livePosition } from '#app/domain/realtime/hub-instance.ts'
import { grantProducts } from '#app/http/events/event-stream-grant.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'
import { Hero } from './hero.tsx'
import { Section } from './section.tsx'
import { Story } from './story.tsx'

export const handle = { access: 'everyone' } satisfies RouteHandle

export const meta: MetaFunction<typeof loader> = ({ matches }) => {
  const { shop, origin } = rootOf(matches)
  if (!shop) return pageMeta(matches, { title: 'This store isn’t open yet', isPrivate: true })
  const description = shop.tagline || `The online store of ${shop.name}.`
  return [
    ...pageMeta(matches, { description, path: urls.home() }),
    structuredData(storeData({ shop, origin })),
  ]
}

export async function loader({ context }: LoaderFunctionArgs) {
  const position = livePosition()
  const { sections, cards, dependsOn } = await getHomePage()
  context.dependsOn?.(dependsOn)
  return { sections, live: grantProducts(position, cards) }
}

export const shouldRevalidate = revalidateOn(['product', 'catalog'])

export default function Home() {
  const { sections } = useLoaderData<typeof loader>()
  const shop = useShop()!
  if (sections.length === 0) return <EmptyShop />
  return (
    <div className="page home">
      {sections[0]!.kind !== 'hero' && <h1 className="visually-hidden">{shop.name}</h1>}
      {sections.map((section, index) => (
        <HomePart key={section.key} section={section} sections={sections} index={index} />
      ))}
    </div>
  )
}

function HomePart({
  section,
  sections,
  index,
}: {
  section: HomeSection
  sections: HomeSection[]
  index: number
}) {
  const isFirst = index === 0
  switch (section.kind) {
    case 'hero':
      return <Hero hero={section} isFirst={isFirst} />
    case 'image-with-text': {
      const before = sections.slice(0, index).filter(({ kind }) => kind === section.kind).length
      return <Story story={section} isFirst={isFirst} isTurned={before % 2 === 1} />
    }
    case 'collections':
      return (
        <Section section={section} more={urls.collections()}>
          <CollectionTiles tiles={section.tiles} isFirst={isFirst} />
        </Section>
      )
    case 'products':
      return (
        <Section section={section} more={section.path}>
          <ProductGrid cards={section.cards} isFirst={isFirst} isFilled />
        </Section>
      )
  }
}

function EmptyShop() {
  const shop = useShop()!
  return (
    <div className="page">
      <EmptyState art={shop.name} title={shop.name} level="h1">
        {shop.tagline && <p>{shop.tagline}</p>}
        <p className="soft">Products coming soon.</p>
        <p className="empty__ways">
          <a className="button" href={`mailto:${shop.contactEmail}`}>
            Contact us
          </a>
        </p>
      </EmptyState>
    </div>
  )
}
