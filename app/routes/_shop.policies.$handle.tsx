import type { HeadersFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ContentPage, contentPageMeta } from '#app/components/content-page.tsx'
import { revalidateOn } from '#app/components/live/revalidate-on.ts'
import { loadContentPage } from '#app/http/pages/content-page.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'

export const handle = { access: 'everyone' } satisfies RouteHandle

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => contentPageMeta(data, matches)

export const loader = (args: LoaderFunctionArgs) => loadContentPage(args, 'policy')

export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders

/** No event concerns it. */
export const shouldRevalidate = revalidateOn([])

export default function Policy() {
  return <ContentPage {...useLoaderData<typeof loader>()} />
}
