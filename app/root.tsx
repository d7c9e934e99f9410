import { data, type LinksFunction, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Links, Meta, Outlet, ScrollRestoration, useRouteLoaderData } from '@remix-run/react'
import { accentProperties } from './components/accent.ts'
import { ErrorPage, errorTitle } from './components/error-page.tsx'
import { Live } from './components/live/live.tsx'
import { revalidateOn } from './components/live/revalidate-on.ts'
import { LowPriorityScripts } from './components/low-priority-scripts.tsx'
import { useNonce } from './components/nonce.ts'
import { pageMeta } from './components/page-meta.ts'
import { ReloadWithoutScript } from './components/reload-without-script.tsx'
import { RouteFocus } from './components/route-focus.tsx'
import type { Shop } from './components/shop.ts'
import { ToastRegion } from './components/toast.tsx'
import { isEmailServiceSet } from './domain/mail/delivery.server.ts'
import { getSettings, type Settings } from './domain/settings/settings.server.ts'
import type { RouteHandle } from './http/server/guard-routes.server.ts'
import { readToast } from './http/forms/respond.server.ts'
import { getVisitor } from './http/session/session.server.ts'
import { readTheme } from './http/session/theme.server.ts'
import textFont from './fonts/instrument-sans-latin.woff2?url'
import baseStyles from './styles/base.css?url'
import { env } from '#env'

export const handle = { access: 'everyone' } satisfies RouteHandle

export const links: LinksFunction = () => [
  { rel: 'stylesheet', href: baseStyles },
  { rel: 'preload', href: textFont, as: 'font', type: 'font/woff2', crossOrigin: 'anonymous' },
  { rel: 'icon', href: '/favicon.svg', type: 'image/svg+xml' },
]

export const meta: MetaFunction<typeof loader> = ({ error, matches }) =>
  error ? pageMeta(matches, { title: errorTitle(error), isPrivate: true }) : []

export async function loader({ request, context }: LoaderFunctionArgs) {
  context.dependsOn?.([])
  const [settings, visitor, { toast, headers }] = await Promise.all([
    getSettings(),
    getVisitor(request),
    readToast(request),
  ])
  return data(
    {
      shop: settings && toShop(settings),
      csrfToken: context.slots?.csrfToken ?? visitor.csrfToken,
      theme: readTheme(request),
      toast,
      origin: env.appOrigin,
      /** For the error page. */
      requestId: context.requestId,
    },
    { headers },
  )
}

/** A revalidation caused by an event must not consume a message that is meant for another tab. */
export const shouldRevalidate = revalidateOn([])

/** Public settings only. */
function toShop(settings: Settings): Shop {
  return {
    name: settings.shopName,
    tagline: settings.tagline,
    currency: settings.currency,
    currencyDigits: settings.currencyDigits,
    locale: settings.locale,
    timeZone: settings.timeZone,
    accentColor: settings.accentColor,
    contactEmail: settings.contactEmail,
    contactPhone: settings.contactPhone,
    contactAddress: settings.contactAddress,
    sendsEmail: isEmailServiceSet(),
  }
}

/** The document around every page, errors included. */
export function Layout({ children }: { children: React.ReactNode }) {
  const root = useRouteLoaderData<typeof loader>('root')
  const nonce = useNonce()
  return (
    <html
      lang="en"
      data-theme={root?.theme}
      style={root?.shop ? accentProperties(root.shop.accentColor) : undefined}
    >
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="theme-color" content="#faf7f1" media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content="#191613" media="(prefers-color-scheme: dark)" />
        <Meta />
        <ReloadWithoutScript />
        <Links />
      </head>
      <body>
        <ToastRegion toast={root?.toast ?? null} />
        {children}
        <RouteFocus />
        <ScrollRestoration nonce={nonce} />
        <LowPriorityScripts nonce={nonce} />
      </body>
    </html>
  )
}

export default function App() {
  return (
    <>
      <Outlet />
      <Live />
    </>
  )
}

export function ErrorBoundary() {
  return (
    <main id="content">
      <ErrorPage />
    </main>
  )
}
