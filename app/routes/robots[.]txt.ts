import { listingFields } from '#app/domain/storefront/listing.ts'
import { reviewFields } from '#app/domain/reviews/reviews.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { previewParameter, urls } from '#app/urls.ts'
import { env } from '#env'

export const handle = { access: 'everyone' } satisfies RouteHandle

/** Beginnings of addresses that are private, personal, or a form. */
const closed = [
  ...['/admin', '/account', '/cart', '/checkout', '/orders', '/drafts', '/order-reviews', '/discount/'],
  ...['/login', '/logout', '/signup', '/setup', '/forgot-password', '/reset-password/', '/confirm-email/'],
  ...[
    '/check-your-email',
    '/invitations/',
    '/unsubscribe/',
    '/stock-alerts/',
    '/notifications/',
    '/webhooks/',
  ],
  ...['/search', '/recently-viewed', '/address-form', '/theme', '/events', '/metrics'],
  ...['/products/*/stock-alert', '/products/*/select', '/products/*/reviews/new', '/reviews/*/report'],
]

/** Each combination of these is a page of its own, with products that are listed elsewhere. */
const { page: _page, options, ...filters } = listingFields
const parameters = [
  ...Object.values(filters).map((name) => `${name}=`),
  options,
  ...Object.values(reviewFields).map((name) => `${name}=`),
  `${previewParameter}=`,
]

export function loader() {
  const lines = [
    'User-agent: *',
    ...closed.map((path) => `Disallow: ${path}`),
    ...parameters.flatMap((name) => [`Disallow: /*?${name}`, `Disallow: /*&${name}`]),
    '',
    `Sitemap: ${env.appOrigin}${urls.sitemap()}`,
  ]
  return new Response(`${lines.join('\n')}\n`, {
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'public, max-age=3600' },
  })
}
