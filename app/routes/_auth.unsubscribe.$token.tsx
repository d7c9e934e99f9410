import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { pageMeta } from '#app/components/page-meta.ts'
import { ServerForm } from '#app/components/server-form.tsx'
import { findSubscription, type Subscription, unsubscribe } from '#app/domain/emails/unsubscribe.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import { parseFormData, readForm } from '#app/http/forms/parse-form.ts'
import { noStore, orNotFound } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'everyone', limits: { action: 'form' } } satisfies RouteHandle

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageMeta(matches, { title: data ? words[data.kind].title : 'Unsubscribe', isPrivate: true })

export const headers = () => noStore

export async function loader({ params }: LoaderFunctionArgs) {
  const token = params.token!
  const found = orNotFound(await findSubscription(token))
  return data({ token, ...found }, { headers: noStore })
}

/**
 * Opening the link changes nothing, because email services check links; the button does. Email services that offer
 * "Unsubscribe" themselves post without cookies (RFC 8058) and must not be redirected: the link's token is enough.
 */
export async function action({ request, params }: ActionFunctionArgs) {
  const token = params.token!
  const form = await readForm(request)
  const isOneClick = form.get('List-Unsubscribe') === 'One-Click'
  const submission = isOneClick ? null : await parseFormData(request, form, z.object({}))
  if (submission && submission.status !== 'success') return formResponse(submission)
  if (!(await unsubscribe(token))) throw orNotFound(null)
  return isOneClick ? null : redirect(urls.unsubscribe(token), 303)
}

/** `after` continues a sentence that begins with the address. */
const words = {
  marketing: {
    title: 'Unsubscribe',
    question: 'No longer get news, offers and cart reminders at',
    button: 'Unsubscribe',
    done: 'You are unsubscribed',
    after: 'won’t get marketing emails any more. Emails about orders are still sent.',
  },
  'stock-alerts': {
    title: 'Stop notifying me',
    question: 'No longer get an email when a product is back in stock, at',
    button: 'Stop notifying me',
    done: 'No more notifications',
    after: 'won’t get emails about products that are back in stock, unless you ask again.',
  },
} satisfies Record<Subscription['kind'], Record<string, string>>

export default function UnsubscribePage() {
  const { token, email, kind, isActive } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>() ?? undefined
  const { title, question, button, done, after } = words[kind]
  if (!isActive)
    return (
      <>
        <h1>{done}</h1>
        <p>
          <strong>{email}</strong> {after}
        </p>
        <p className="door__ways">
          <Link to={urls.home()}>Continue shopping</Link>
        </p>
      </>
    )
  return (
    <>
      <h1>{title}</h1>
      <ServerForm action={urls.unsubscribe(token)} answer={answer} submit={button} busy="Saving…">
        <p>
          {question} <strong>{email}</strong>?
        </p>
      </ServerForm>
    </>
  )
}
