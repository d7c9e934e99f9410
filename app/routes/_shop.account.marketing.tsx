import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { FormattedDate } from '#app/components/formatted-date.tsx'
import { pageMeta } from '#app/components/page-meta.ts'
import { ServerForm } from '#app/components/server-form.tsx'
import { getProfile } from '#app/domain/accounts/profile.server.ts'
import { changeConsent, listConsents } from '#app/domain/consents/consents.server.ts'
import { consentSourceLabels, consentText } from '#app/domain/consents/consents.ts'
import { checkbox } from '#app/domain/fields.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { noStore, orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'signed-in' } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Marketing emails', isPrivate: true })

export const headers = () => noStore

export async function loader({ request }: LoaderFunctionArgs) {
  const { id } = await requireUser(request)
  const { email } = orNotFound(await getProfile(id))
  const [history, settings] = await Promise.all([listConsents(email), getSettings()])
  const text = consentText(orNotFound(settings).shopName)
  return data({ email, history, text }, { headers: noStore })
}

export async function action({ request }: ActionFunctionArgs) {
  const { id } = await requireUser(request)
  const submission = await parseForm(request, z.object({ acceptsMarketing: checkbox() }))
  if (submission.status !== 'success') return formResponse(submission)
  const [profile, settings] = await Promise.all([getProfile(id), getSettings()])
  const { email } = orNotFound(profile)
  const isGiven = submission.value.acceptsMarketing
  await changeConsent({ email, isGiven, text: consentText(orNotFound(settings).shopName) })
  return redirectWithToast(urls.account.marketing(), {
    kind: 'success',
    text: isGiven ? 'You get marketing emails.' : 'You no longer get marketing emails.',
  })
}

export default function MarketingPage() {
  const { email, history, text } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const isGiven = history[0]?.kind === 'given'
  return (
    <>
      <header className="page-head">
        <h1>Marketing emails</h1>
        <p className="soft">
          For <strong>{email}</strong>. Emails about your orders always come.
        </p>
      </header>
      <ServerForm
        key={history[0]?.id}
        action={urls.account.marketing()}
        answer={answer}
        submit="Save"
        busy="Saving…"
      >
        <label className="check check--long">
          <input type="checkbox" name="acceptsMarketing" defaultChecked={isGiven} />
          {text}
        </label>
      </ServerForm>
      {history.length > 0 && (
        <section aria-labelledby="consents">
          <h2 id="consents" className="row__title">
            History
          </h2>
          <ul role="list" className="rows">
            {history.map(({ id, kind, source, createdAt, text: agreed }) => (
              <li key={id} className="row">
                <div className="row__words">
                  <p>
                    {kind === 'given' ? 'Agreed' : 'Withdrawn'} {consentSourceLabels[source]},{' '}
                    <FormattedDate at={createdAt} />
                  </p>
                  {agreed && (
                    <p className="soft small" dir="auto">
                      “{agreed}”
                    </p>
                  )}
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
      <p>
        <Link to={urls.account.profile()}>Back to your profile</Link>
      </p>
    </>
  )
}
