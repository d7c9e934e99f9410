import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Outlet, useLoaderData, useLocation, useRouteLoaderData } from '@remix-run/react'
import { useMemo } from 'react'
import displayFont from '@fontsource/instrument-serif/files/instrument-serif-latin-400-normal.woff2?url'
import { ErrorPage, errorTitle } from '#app/components/error-page.tsx'
import { revalidateOn } from '#app/components/live/revalidate-on.ts'
import { useLatestVersion } from '#app/components/live/use-latest-version.ts'
import { pageMeta } from '#app/components/page-meta.ts'
import { useShop } from '#app/components/shop.ts'
import { readPersonal } from '#app/domain/cart/personal.ts'
import { getFooterLinks } from '#app/domain/pages/pages.server.ts'
import { listTopCollections } from '#app/domain/storefront/collections.server.ts'
import { cachedByCatalogVersion } from '#app/domain/realtime/catalog-cache.server.ts'
import { livePosition } from '#app/domain/realtime/hub-instance.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { loadPersonal } from '#app/http/pages/personal.server.ts'
import { getRequestCart, getRequestCheckout } from '#app/http/session/request-cart.server.ts'
import { getVisitor } from '#app/http/session/session.server.ts'
import shopStyles from '#app/styles/shop.css?url'
import { urls } from '#app/urls.ts'
import { CartDrawer } from './cart-drawer.tsx'
import { CheckoutFooter, CheckoutHeader } from './checkout-frame.tsx'
import { ClosedPage } from './closed-page.tsx'
import { Footer } from './footer.tsx'
import { Header } from './header.tsx'

export const handle = { access: 'everyone' } satisfies RouteHandle

export const links: LinksFunction = () => [
  { rel: 'preload', href: displayFont, as: 'font', type: 'font/woff2', crossOrigin: 'anonymous' },
  { rel: 'stylesheet', href: shopStyles },
]

/** For errors and for a store that is not open; every page below has its own. */
export const meta: MetaFunction<typeof loader> = ({ error, matches }) =>
  pageMeta(matches, { title: error ? errorTitle(error) : 'This store isn’t open yet', isPrivate: true })

export async function loader({ request, context }: LoaderFunctionArgs) {
  const position = livePosition()
  context.dependsOn?.([])
  const readPersonally = async () => {
    const visitor = await getVisitor(request)
    const cart = getRequestCart(context, visitor.shopper)
    const promotions = getRequestCheckout(context, visitor.shopper).then((found) => found?.promotions ?? null)
    return JSON.stringify(await loadPersonal(request, { visitor, position, cart, promotions }))
  }
  const [collections, footer, personal] = await Promise.all([
    cachedByCatalogVersion({ question: 'top collections', dependsOn: [] }, () => listTopCollections(30)),
    getFooterLinks(),
    context.slots?.personal ?? readPersonally(),
  ])
  return { collections, footer, personal }
}

export const shouldRevalidate = revalidateOn(['cart', 'user'])

export default function ShopLayout() {
  const { collections, footer, personal } = useLoaderData<typeof loader>()
  const { cart, promotions, header } = useLatestVersion(useMemo(() => readPersonal(personal), [personal]))
  const shop = useShop()
  const { pathname } = useLocation()
  const isDraft = pathname.startsWith(urls.draft(''))
  const isCheckout = isDraft || pathname === urls.checkout()
  if (!shop) return <ClosedPage />
  return (
    <>
      {isCheckout ? (
        <CheckoutHeader shop={shop} hasCart={!isDraft} />
      ) : (
        <Header shop={shop} collections={collections} text={header} />
      )}
      <main id="content" tabIndex={-1}>
        <Outlet />
      </main>
      {isCheckout ? (
        <CheckoutFooter shop={shop} />
      ) : (
        <Footer shop={shop} collections={collections} links={footer} />
      )}
      <CartDrawer cart={cart} promotions={promotions} />
    </>
  )
}

/** An error of a page is shown inside the store's layout, if that could be loaded. */
export function ErrorBoundary() {
  const shell = useRouteLoaderData<typeof loader>('routes/_shop')
  const shop = useShop()
  return (
    <>
      {shop && shell && (
        <Header shop={shop} collections={shell.collections} text={readPersonal(shell.personal).header} />
      )}
      <main id="content" tabIndex={-1}>
        <ErrorPage />
      </main>
      {shop && <Footer shop={shop} collections={shell?.collections ?? []} links={shell?.footer} />}
    </>
  )
}
