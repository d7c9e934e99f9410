import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { PhoneField } from '#app/components/phone-field.tsx'
import { FormattedDate } from '#app/components/formatted-date.tsx'
import { Field } from '#app/components/field.tsx'
import { pageMeta } from '#app/components/page-meta.ts'
import { fieldOf } from '#app/components/form-fields.ts'
import { ServerForm } from '#app/components/server-form.tsx'
import { profileSchema } from '#app/domain/accounts/accounts.schema.ts'
import { getProfile, updateProfile } from '#app/domain/accounts/profile.server.ts'
import { hasConsent } from '#app/domain/consents/consents.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { noStore, orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'signed-in' } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Your profile', isPrivate: true })

export const headers = () => noStore

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request)
  const profile = orNotFound(await getProfile(user.id))
  const acceptsMarketing = await hasConsent(profile.email)
  return data({ profile, acceptsMarketing }, { headers: noStore })
}

export async function action({ request }: ActionFunctionArgs) {
  const submission = await parseForm(request, profileSchema)
  const user = await requireUser(request)
  if (submission.status !== 'success') return formResponse(submission)
  await updateProfile(user.id, submission.value)
  return redirectWithToast(urls.account.profile(), { kind: 'success', text: 'Profile saved.' })
}

export default function ProfilePage() {
  const { profile, acceptsMarketing } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <>
      <header className="account__head">
        <h1>Your profile</h1>
        <p className="soft">
          Customer since <FormattedDate at={profile.createdAt} />
        </p>
      </header>
      <ServerForm action={urls.account.profile()} answer={answer} submit="Save" busy="Saving…">
        <Field
          {...fieldOf(answer, 'name', profile.name)}
          label="Your name"
          autoComplete="name"
          required
          maxLength={120}
          ask="Enter your name."
        />
        <PhoneField answer={answer} initial={profile.phone} />
      </ServerForm>
      <ul role="list" className="rows">
        <li className="row">
          <div className="row__words">
            <h2 className="row__title">Email</h2>
            <p className="soft">
              {profile.email}
              {!profile.emailVerifiedAt && ', not verified yet'}
            </p>
          </div>
          <Link to={urls.account.email()} className="button">
            {profile.emailVerifiedAt ? 'Change email' : 'Verify email'}
          </Link>
        </li>
        <li className="row">
          <div className="row__words">
            <h2 className="row__title">Password</h2>
            <p className="soft">Changing it signs out all other devices.</p>
          </div>
          <Link to={urls.account.password()} className="button">
            Change password
          </Link>
        </li>
        <li className="row">
          <div className="row__words">
            <h2 className="row__title">Marketing emails</h2>
            <p className="soft">{acceptsMarketing ? 'You get news and offers.' : 'You don’t get any.'}</p>
          </div>
          <Link to={urls.account.marketing()} className="button">
            Change
          </Link>
        </li>
      </ul>
    </>
  )
}
