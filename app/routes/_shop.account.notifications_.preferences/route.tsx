import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { pageMeta } from '#app/components/page-meta.ts'
import { ServerForm } from '#app/components/server-form.tsx'
import { listPreferences, savePreferences } from '#app/domain/notifications/notifications.server.ts'
import { answerForm } from '#app/http/answer-form.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { noStore, redirectWithToast } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'signed-in' } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'How you are told', isPrivate: true })

export const headers = () => noStore

export async function loader({ request }: LoaderFunctionArgs) {
  const preferences = await listPreferences(await userOf(request))
  return data({ preferences }, { headers: noStore })
}

const kinds = () => z.array(z.string().max(40)).max(50).default([])
const schema = z.object({ inApp: kinds(), byMail: kinds() })

export async function action({ request }: ActionFunctionArgs) {
  const user = await userOf(request)
  const submission = await parseForm(request, schema)
  if (submission.status !== 'success')
    return answerForm(submission, { problem: 'That could not be read. Please choose again.', errors: {} })
  await savePreferences(user, submission.value)
  return redirectWithToast(urls.account.notifications(), { kind: 'success', text: 'Saved.' })
}

export default function PreferencesPage() {
  const { preferences } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <>
      <header className="page-head">
        <h1>How you are told</h1>
        <p className="soft">
          For each kind of news, whether it appears here and whether we write to you. What makes a purchase
          one is always confirmed by mail.
        </p>
      </header>
      <ServerForm
        action={urls.account.notificationPreferences()}
        answer={answer}
        submit="Save"
        busy="Saving…"
        className="told__form"
      >
        <table className="told__choices">
          <caption className="visually-hidden">News by kind</caption>
          <thead>
            <tr>
              <th scope="col">News</th>
              <th scope="col">Here</th>
              <th scope="col">By mail</th>
            </tr>
          </thead>
          <tbody>
            {preferences.map(({ kind, label, inApp, byMail, isMailMandatory }) => (
              <tr key={kind}>
                <th scope="row" id={`kind-${kind}`}>
                  {label}
                </th>
                <td>
                  <Tick name="inApp" kind={kind} isOn={inApp} label="here" />
                </td>
                <td>
                  <Tick name="byMail" kind={kind} isOn={byMail} isFixed={isMailMandatory} label="by mail" />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ServerForm>
      <p>
        <Link to={urls.account.notifications()}>Back to the notifications</Link>
      </p>
    </>
  )
}

function Tick(props: { name: string; kind: string; isOn: boolean; isFixed?: boolean; label: string }) {
  const { name, kind, isOn, isFixed = false, label } = props
  return (
    <label className="told__tick">
      <input
        type="checkbox"
        name={name}
        value={kind}
        defaultChecked={isOn}
        disabled={isFixed}
        aria-describedby={`kind-${kind}`}
      />
      <span className="visually-hidden">{label}</span>
    </label>
  )
}
