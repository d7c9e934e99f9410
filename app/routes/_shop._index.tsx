import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { CollectionTiles } from '#app/components/collection-tiles.tsx'
import { EmptyState } from '#app/components/empty-state.tsx'
import { ArrowIcon } from '#app/components/icons.tsx'
import { revalidateOn } from '#app/components/live/revalidate-on.ts'
import { pageMeta } from '#app/components/page-meta.ts'
import { ResponsiveImage } from '#app/components/responsive-image.tsx'
import { ProductGrid } from '#app/components/product-card.tsx'
import { useShop } from '#app/components/shop.ts'
import type { ProductCard } from '#app/domain/storefront/storefront.ts'
import { listCollectionTiles } from '#app/domain/storefront/collections.server.ts'
import { listNewest } from '#app/domain/storefront/listing.server.ts'
import { setName, shownDependencies } from '#app/domain/realtime/dependencies.ts'
import { livePosition } from '#app/domain/realtime/hub-instance.ts'
import { grantProducts } from '#app/http/events/event-stream-grant.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'everyone' } satisfies RouteHandle

export const meta: MetaFunction<typeof loader> = ({ matches }) => {
  const root = matches.find(({ id }) => id === 'root')?.data as
    { shop: { tagline: string } | null } | undefined
  return root?.shop
    ? pageMeta(matches, { description: root.shop.tagline || undefined, path: urls.home() })
    : pageMeta(matches, { title: 'This store isn’t open yet', isPrivate: true })
}

export async function loader({ context }: LoaderFunctionArgs) {
  const position = livePosition()
  const [collections, newest] = await Promise.all([listCollectionTiles(null, 6), listNewest(8)])
  context.dependsOn?.([setName('all'), ...shownDependencies(newest)])
  return { collections, newest, live: grantProducts(position, newest) }
}

export const shouldRevalidate = revalidateOn(['product', 'catalog'])

export default function Home() {
  const { collections, newest } = useLoaderData<typeof loader>()
  if (newest.length === 0) return <EmptyShop />
  return (
    <div className="page">
      <Hero star={newest.find((card) => card.image) ?? newest[0]!} />
      {collections.length > 0 && (
        <section className="push" aria-labelledby="collections">
          <div className="section-head">
            <h2 id="collections">Collections</h2>
            <Link to={urls.collections()}>View all</Link>
          </div>
          <CollectionTiles tiles={collections} />
        </section>
      )}
      <section className="push" aria-labelledby="newest">
        <div className="section-head">
          <h2 id="newest">New arrivals</h2>
          <Link to={urls.allProducts()}>View all</Link>
        </div>
        <ProductGrid cards={newest} />
      </section>
    </div>
  )
}

function Hero({ star }: { star: ProductCard }) {
  const shop = useShop()!
  return (
    <section className="hero">
      <div className="hero__words">
        <h1 dir="auto">{shop.name}</h1>
        {shop.tagline && (
          <p className="hero__tagline" dir="auto">
            {shop.tagline}
          </p>
        )}
        <Link to={urls.allProducts()} className="button button--primary button--large">
          Shop all <ArrowIcon />
        </Link>
      </div>
      <Link to={urls.product(star.handle)} className="hero__art" aria-label={star.title}>
        <ResponsiveImage
          image={star.image}
          seed={star.title}
          sizes="(min-width: 52rem) 58vw, 100vw"
          isFirst
          alt=""
        />
        <span className="hero__caption" aria-hidden="true">
          {star.title}
        </span>
      </Link>
    </section>
  )
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
