import { redirect } from '@remix-run/node'
import { urls } from '#app/urls.ts'

export const loader = () => redirect(urls.allProducts(), 301)
