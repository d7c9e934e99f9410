import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { PhoneField } from '#app/components/address-fields.tsx'
import { Day } from '#app/components/day.tsx'
import { Field } from '#app/components/field.tsx'
import { pageMeta } from '#app/components/page-meta.ts'
import { fieldOf, ServerForm } from '#app/components/server-form.tsx'
import { profileSchema } from '#app/domain/accounts/accounts.schema.ts'
import { getProfile, updateProfile } from '#app/domain/accounts/profile.server.ts'
import { answerForm } from '#app/http/answer-form.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { noStore, orNotFound, redirectWithToast } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'signed-in' } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Your profile', isPrivate: true })

export const headers = () => noStore

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await userOf(request)
  const profile = orNotFound(await getProfile(user.id))
  return data({ profile }, { headers: noStore })
}

export async function action({ request }: ActionFunctionArgs) {
  const submission = await parseForm(request, profileSchema)
  const user = await userOf(request)
  if (submission.status !== 'success') return answerForm(submission)
  await updateProfile(user.id, submission.value)
  return redirectWithToast(urls.account.profile(), { kind: 'success', text: 'Your profile is saved.' })
}

export default function ProfilePage() {
  const { profile } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <>
      <header className="account__head">
        <h1>Your profile</h1>
        <p className="soft">
          Customer since <Day at={profile.createdAt} />
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
            <h2 className="row__title">E-mail</h2>
            <p className="soft">
              {profile.email}
              {!profile.emailVerifiedAt && ', not verified yet'}
            </p>
          </div>
          <Link to={urls.account.email()} className="button">
            {profile.emailVerifiedAt ? 'Change your address' : 'Verify it'}
          </Link>
        </li>
        <li className="row">
          <div className="row__words">
            <h2 className="row__title">Password</h2>
            <p className="soft">Changing it signs out all other devices.</p>
          </div>
          <Link to={urls.account.password()} className="button">
            Change your password
          </Link>
        </li>
      </ul>
    </>
  )
}
