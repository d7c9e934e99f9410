import { redirect } from '@remix-run/node'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'everyone' } satisfies RouteHandle

export const loader = () => redirect(urls.allProducts(), 301)
