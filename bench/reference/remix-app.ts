/**
 * The least that Remix can do for a page: a root with its loader, one page with a loader, scripts and the data for
 * hydration, rendered as the shop renders its pages. No query, no session, one sentence. A POST redirects.
 */
import { createRequestHandler } from '@remix-run/express'
import { type EntryContext, redirect, type ServerBuild } from '@remix-run/node'
import { Links, Meta, Outlet, RemixServer, Scripts, useLoaderData } from '@remix-run/react'
import express from 'express'
import { createElement as h } from 'react'
import { renderToPipeableStream } from 'react-dom/server'
import { renderedPage } from '#app/http/pages/rendered-page.ts'

function Root() {
  return h('html', { lang: 'en' }, [
    h('head', { key: 'head' }, [h(Meta, { key: 'meta' }), h(Links, { key: 'links' })]),
    h('body', { key: 'body' }, [h(Outlet, { key: 'page' }), h(Scripts, { key: 'scripts' })]),
  ])
}

function Page() {
  return h('p', null, useLoaderData<{ sentence: string }>().sentence)
}

function handleRequest(request: Request, status: number, headers: Headers, context: EntryContext) {
  return new Promise<Response>((resolve, reject) => {
    const { pipe } = renderToPipeableStream(h(RemixServer, { context, url: request.url }), {
      onAllReady() {
        headers.set('content-type', 'text/html; charset=utf-8')
        renderedPage(pipe).then((page) => resolve(new Response(page, { status, headers })), reject)
      },
      onShellError: reject,
    })
  })
}

const asset = (id: string, path: string | undefined, parentId: string | undefined) => ({
  ...{ id, path, parentId, module: `/assets/${id}.js`, imports: [] },
  ...{
    hasAction: true,
    hasLoader: true,
    hasClientAction: false,
    hasClientLoader: false,
    hasErrorBoundary: false,
  },
})

const build = {
  entry: { module: { default: handleRequest } },
  routes: {
    root: { id: 'root', path: '', module: { default: Root, loader: () => ({ name: 'Reference' }) } },
    page: {
      ...{ id: 'page', path: 'remix', parentId: 'root' },
      module: {
        default: Page,
        loader: () => ({ sentence: 'This page says one sentence.' }),
        action: () => redirect('/remix', 303),
      },
    },
  },
  assets: {
    ...{ entry: { imports: [], module: '/assets/entry.js' }, url: '/assets/manifest.js', version: '1' },
    routes: { root: asset('root', '', undefined), page: asset('page', 'remix', 'root') },
  },
  ...{ publicPath: '/', assetsBuildDirectory: 'build/client', basename: '/', isSpaMode: false },
  future: {
    v3_fetcherPersist: true,
    v3_relativeSplatPath: true,
    v3_throwAbortReason: true,
    v3_singleFetch: true,
    v3_lazyRouteDiscovery: false,
  },
} as unknown as ServerBuild

/** Answers /remix. */
export const remixApp = express()
  .disable('x-powered-by')
  .use(createRequestHandler({ build, mode: 'production' }))
