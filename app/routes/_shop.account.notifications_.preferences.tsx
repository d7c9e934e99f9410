import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { pageMeta } from '#app/components/page-meta.ts'
import { useShop } from '#app/components/shop.ts'
import { ServerForm } from '#app/components/server-form.tsx'
import {
  listPreferences,
  type Preference,
  savePreferences,
} from '#app/domain/notifications/notifications.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { noStore, redirectWithToast } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'signed-in' } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Notification settings', isPrivate: true })

export const headers = () => noStore

export async function loader({ request }: LoaderFunctionArgs) {
  const preferences = await listPreferences(await requireUser(request))
  return data({ preferences }, { headers: noStore })
}

const kinds = () => z.array(z.string().max(40)).max(50).default([])
const schema = z.object({ inApp: kinds(), byEmail: kinds() })

export async function action({ request }: ActionFunctionArgs) {
  const user = await requireUser(request)
  const submission = await parseForm(request, schema)
  if (submission.status !== 'success')
    return formResponse(submission, {
      problem: 'Your settings couldn’t be saved. Please try again.',
      errors: {},
    })
  await savePreferences(user, submission.value)
  return redirectWithToast(urls.account.notifications(), { kind: 'success', text: 'Saved.' })
}

export default function PreferencesPage() {
  const { preferences } = useLoaderData<typeof loader>()
  const shop = useShop()
  const answer = useActionData<typeof action>()
  return (
    <>
      <header className="page-head">
        <h1>Notification settings</h1>
        <p className="soft">
          Choose which notifications you get, in the app and by email.{' '}
          {shop?.sendsEmail
            ? 'Order confirmations are always emailed.'
            : 'This store doesn’t send emails yet, so for now they come in the app only.'}
        </p>
      </header>
      <ServerForm
        action={urls.account.notificationPreferences()}
        answer={answer}
        submit="Save"
        busy="Saving…"
        className="told__form"
      >
        {audiences.map(({ audience, title }) => {
          const own = preferences.filter((preference) => preference.audience === audience)
          return own.length > 0 && <Choices key={audience} title={title} preferences={own} />
        })}
      </ServerForm>
      <p>
        <Link to={urls.account.notifications()}>Back to notifications</Link>
      </p>
    </>
  )
}

const audiences = [
  { audience: 'staff', title: 'Store' },
  { audience: 'customer', title: 'Your own orders' },
] as const

function Choices({ title, preferences }: { title: string; preferences: Preference[] }) {
  return (
    <table className="told__choices">
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">Notification</th>
          <th scope="col">In app</th>
          <th scope="col">Email</th>
        </tr>
      </thead>
      <tbody>
        {preferences.map(({ kind, label, inApp, byEmail, isEmailMandatory, isEmailOnly }) => (
          <tr key={kind}>
            <th scope="row" id={`kind-${kind}`}>
              {label}
            </th>
            <td>
              {isEmailOnly ? (
                <span className="soft">Email only</span>
              ) : (
                <Tick name="inApp" kind={kind} isOn={inApp} label="in app" />
              )}
            </td>
            <td>
              <Tick name="byEmail" kind={kind} isOn={byEmail} isFixed={isEmailMandatory} label="by email" />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
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
