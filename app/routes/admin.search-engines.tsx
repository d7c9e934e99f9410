import { Link, useLoaderData } from '@remix-run/react'
import { CopyField } from '#app/components/admin/copy-field.tsx'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'
import { env } from '#env'

export const handle = { access: 'catalog' } satisfies RouteHandle

export const meta = () => adminMeta('Search engines')

export const loader = () => ({
  sitemap: env.appOrigin + urls.sitemap(),
  googleFeed: env.appOrigin + urls.googleFeed(),
})

export default function SearchEngines() {
  const { sitemap, googleFeed } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead title="Search engines" about="How Google and others find your products." />
      <div className="settings">
        <Panel title="Sitemap">
          <div className="fields">
            <p>
              All published products, collections and pages, with the images of products. Search engines find
              it by themselves; you can also submit it, for example in Google Search Console.
            </p>
            <CopyField id="sitemap" label="Address of the sitemap" value={sitemap} />
          </div>
        </Panel>
        <Panel title="Product feed">
          <div className="fields">
            <p>
              All published products with prices and availability, for free listings and ads. In Google
              Merchant Center, add a product source with this file and let it be fetched every day.
            </p>
            <CopyField id="google-feed" label="Address of the product feed" value={googleFeed} />
          </div>
        </Panel>
        <Panel title="Redirects">
          <p>
            Lead visitors and search engines from old addresses to new ones.{' '}
            <Link to={urls.admin.redirects()}>Manage redirects</Link>
          </p>
        </Panel>
      </div>
    </>
  )
}
