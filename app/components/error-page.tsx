import { isRouteErrorResponse, Link, useRouteError, useRouteLoaderData } from '@remix-run/react'
import { urls } from '#app/urls.ts'
import { noAccess } from '#app/domain/accounts/access.ts'
import { EmptyState } from './empty-state.tsx'

/** What went wrong, in words; of a fault nothing but the request's id. */
export function ErrorPage() {
  const error = useRouteError()
  const root = useRouteLoaderData<{ requestId?: string }>('root')
  const requestId = root?.requestId
  const status = isRouteErrorResponse(error) ? error.status : 500
  const words = wordsFor(status, isRouteErrorResponse(error) && error.data === noAccess)
  return (
    <div className="page error-page">
      <EmptyState art={`error ${status}`} title={words.title} level="h1">
        <p>{words.text}</p>
        {status >= 500 && requestId && (
          <p className="soft small">
            If you write to us about this, please mention <code>{requestId}</code>.
          </p>
        )}
        <p className="empty__ways">
          <Link to={urls.home()} className="button button--primary" reloadDocument={status >= 500}>
            To the home page
          </Link>
          <Link to={urls.search()} className="button" reloadDocument={status >= 500}>
            Search
          </Link>
        </p>
      </EmptyState>
    </div>
  )
}

export function errorTitle(error: unknown): string {
  const isResponse = isRouteErrorResponse(error)
  return wordsFor(isResponse ? error.status : 500, isResponse && error.data === noAccess).title
}

function wordsFor(status: number, isNoAccess: boolean): { title: string; text: string } {
  if (isNoAccess)
    return {
      title: 'This is not open to you',
      text: 'Your account does not include this page. Whoever runs the shop can change that.',
    }
  if (status === 404)
    return {
      title: 'There is nothing here',
      text: 'The page has moved, or it never existed. What you were looking for may be one search away.',
    }
  if (status === 403)
    return {
      title: 'This form has gone stale',
      text: 'Please go back, load the page again and send it once more. Nothing has been changed.',
    }
  if (status === 429)
    return { title: 'A moment, please', text: 'That was a little fast. Wait a minute, then try again.' }
  if (status === 503)
    return { title: 'Back in a moment', text: 'The shop cannot answer right now. Please try again shortly.' }
  if (status < 500)
    return {
      title: 'We did not understand that',
      text: 'Something about this request was not right. Nothing has been changed.',
    }
  return {
    title: 'Something went wrong on our side',
    text: 'It is not your fault, and it has been noted. Nothing has been charged. Please try again.',
  }
}
