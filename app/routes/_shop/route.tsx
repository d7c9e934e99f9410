import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Outlet, useLoaderData, useRouteLoaderData } from '@remix-run/react'
import displayFont from '@fontsource/instrument-serif/files/instrument-serif-latin-400-normal.woff2?url'
import { ErrorPage, errorTitle } from '#app/components/error-page.tsx'
import { reloadsOn } from '#app/components/live/reloads-on.ts'
import { useNewest } from '#app/components/live/use-newest.ts'
import { pageMeta } from '#app/components/page-meta.ts'
import { useShop } from '#app/components/shop.ts'
import { listTopCollections } from '#app/domain/catalog/collections.server.ts'
import { countUnread } from '#app/domain/notifications/notifications.server.ts'
import { askOncePerCatalog } from '#app/domain/realtime/kept.server.ts'
import { livePosition } from '#app/domain/realtime/the-hub.ts'
import { topics } from '#app/domain/realtime/topics.ts'
import { grantToVisitor } from '#app/http/event-stream-grant.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { getRequestCart } from '#app/http/request-cart.server.ts'
import { getVisitor } from '#app/http/session.server.ts'
import shopStyles from '#app/styles/shop.css?url'
import { CartDrawer } from './cart-drawer.tsx'
import { ClosedPage } from './closed-page.tsx'
import { Footer } from './footer.tsx'
import { Header } from './header.tsx'

export const handle = { access: 'everyone' } satisfies RouteHandle

export const links: LinksFunction = () => [
  { rel: 'preload', href: displayFont, as: 'font', type: 'font/woff2', crossOrigin: 'anonymous' },
  { rel: 'stylesheet', href: shopStyles },
]

/** For errors and for a shop that is not open; every page below has its own. */
export const meta: MetaFunction<typeof loader> = ({ error, matches }) =>
  pageMeta(matches, { title: error ? errorTitle(error) : 'This shop is not open yet', isPrivate: true })

export async function loader({ request, context }: LoaderFunctionArgs) {
  const position = livePosition()
  const [collections, { sessionId, user, cart, unread }] = await Promise.all([
    askOncePerCatalog('top collections', () => listTopCollections(12)),
    getVisitor(request).then(async ({ sessionId, shopper, user }) => {
      const [cart, unread] = await Promise.all([
        getRequestCart(context, shopper),
        user ? countUnread(user.id) : 0,
      ])
      return { sessionId, user, cart, unread }
    }),
  ])
  const shown = [
    ...(cart ? [topics.cart(cart.id, cart.version)] : []),
    ...(user ? [topics.user(user.id)] : []),
  ]
  const live = grantToVisitor(request, { sessionId, position, topics: shown })
  return { collections, cart, unread, isSignedIn: user !== null, live }
}

export const shouldRevalidate = reloadsOn(['cart', 'user'])

export default function ShopLayout() {
  const { collections, cart, unread, isSignedIn } = useNewest(useLoaderData<typeof loader>())
  const shop = useShop()
  if (!shop) return <ClosedPage />
  return (
    <>
      <Header
        shop={shop}
        collections={collections}
        count={cart?.count ?? 0}
        isSignedIn={isSignedIn}
        unread={unread}
      />
      <main id="content" tabIndex={-1}>
        <Outlet />
      </main>
      <Footer shop={shop} collections={collections} />
      <CartDrawer cart={cart} />
    </>
  )
}

/** An error of a page inside the shop keeps the shop around it, if that could be loaded. */
export function ErrorBoundary() {
  const shell = useRouteLoaderData<typeof loader>('routes/_shop')
  const shop = useShop()
  return (
    <>
      {shop && (
        <Header
          shop={shop}
          collections={shell?.collections ?? []}
          count={shell?.cart?.count ?? 0}
          isSignedIn={shell?.isSignedIn ?? false}
          unread={shell?.unread ?? 0}
        />
      )}
      <main id="content" tabIndex={-1}>
        <ErrorPage />
      </main>
      {shop && <Footer shop={shop} collections={shell?.collections ?? []} />}
    </>
  )
}
