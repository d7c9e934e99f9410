import { isRouteErrorResponse, Link, useRouteError, useRouteLoaderData } from '@remix-run/react'
import { urls } from '#app/urls.ts'
import { noAccessMessage } from '#app/domain/access/access.ts'
import { EmptyState } from './empty-state.tsx'

/** The error page: a message, and for a fault only the request id. */
export function ErrorPage() {
  const error = useRouteError()
  const root = useRouteLoaderData<{ requestId?: string }>('root')
  const requestId = root?.requestId
  const status = isRouteErrorResponse(error) ? error.status : 500
  const message = messageFor(status, isRouteErrorResponse(error) ? error.data : null)
  return (
    <div className="page error-page">
      <EmptyState art={`error ${status}`} title={message.title} level="h1">
        <p>{message.text}</p>
        {status >= 500 && requestId && (
          <p className="soft small">
            If you contact us about this, mention <code>{requestId}</code>.
          </p>
        )}
        <p className="empty__ways">
          {status === 410 ? (
            <Link to={urls.allProducts()} className="button button--primary">
              Shop all
            </Link>
          ) : (
            <Link to={urls.home()} className="button button--primary" reloadDocument={status >= 500}>
              Back to home
            </Link>
          )}
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
  return messageFor(isResponse ? error.status : 500, isResponse ? error.data : null).title
}

type Message = { title: string; text: string }

/** By the body of a 410. */
const goneMessages: Record<string, Message> = {
  product: {
    title: 'This product is no longer sold',
    text: 'Try searching for something similar, or browse our other products.',
  },
  collection: {
    title: 'This collection no longer exists',
    text: 'Try searching, or browse all products.',
  },
}

function messageFor(status: number, body: unknown): Message {
  if (status === 410)
    return goneMessages[String(body)] ?? { title: 'This page no longer exists', text: 'Try searching.' }
  if (body === noAccessMessage)
    return {
      title: 'You don’t have access to this page',
      text: 'Your account doesn’t have permission to view this page. Contact the store owner.',
    }
  if (status === 404)
    return {
      title: 'Page not found',
      text: 'The page may have moved or been removed. Try searching.',
    }
  if (status === 403)
    return {
      title: 'Session expired',
      text: 'Go back, reload the page and try again. Nothing was changed.',
    }
  if (status === 429)
    return { title: 'Too many requests', text: 'Too many requests. Wait a minute, then try again.' }
  if (status === 503)
    return {
      title: 'Temporarily unavailable',
      text: 'The store is temporarily unavailable. Please try again shortly.',
    }
  if (status < 500)
    return {
      title: 'Bad request',
      text: 'There was a problem with this request. Nothing was changed.',
    }
  return {
    title: 'Something went wrong',
    text: 'The error has been reported. You haven’t been charged. Please try again.',
  }
}
