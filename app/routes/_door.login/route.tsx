import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { ErrorSummary } from '#app/components/error-summary.tsx'
import { Field } from '#app/components/field.tsx'
import { pageMeta } from '#app/components/page-meta.ts'
import { isStaff } from '#app/domain/accounts/accounts.ts'
import { loginSchema } from '#app/domain/accounts/accounts.schema.ts'
import { startUserSession } from '#app/domain/accounts/sessions.server.ts'
import { authenticator } from '#app/http/authenticator.server.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { forgiveTries, limitTries } from '#app/http/rate-limit.ts'
import { noStore } from '#app/http/respond.server.ts'
import { safeRedirect } from '#app/http/safe-redirect.ts'
import { getVisitor, sessionCookie } from '#app/http/session.server.ts'
import { urls } from '#app/urls.ts'

export const meta: MetaFunction = ({ matches }) => pageMeta(matches, { title: 'Sign in', isPrivate: true })

export const headers = () => noStore

export async function loader({ request }: LoaderFunctionArgs) {
  const next = safeRedirect(new URL(request.url).searchParams.get('next'), urls.admin.home())
  const { user } = await getVisitor(request)
  if (isStaff(user)) throw redirect(next, 303)
  return data({ next }, { headers: noStore })
}

const none: Record<string, string[] | null> = {}

export async function action({ request, context }: ActionFunctionArgs) {
  const submission = await parseForm(request.clone(), loginSchema)
  const typed = String(submission.payload.email ?? '').slice(0, 254)
  if (submission.status !== 'success')
    return data(
      { typed, errors: submission.error ?? none, isWrong: false },
      { status: 422, headers: noStore },
    )
  const who = [context.ip, submission.value.email] as const
  await limitTries('login', ...who)
  const user = await authenticator.authenticate('password', request)
  if (!user) return data({ typed, errors: none, isWrong: true }, { status: 401, headers: noStore })
  await forgiveTries('login', ...who)
  const { token } = await startUserSession({
    userId: user.id,
    formerSessionId: (await getVisitor(request)).sessionId,
    userAgent: request.headers.get('user-agent') ?? '',
  })
  return redirect(safeRedirect(submission.value.next, urls.admin.home()), {
    status: 303,
    headers: { 'set-cookie': sessionCookie(token), ...noStore },
  })
}

export default function LoginPage() {
  const { next } = useLoaderData<typeof loader>()
  const outcome = useActionData<typeof action>()
  const isBusy = useNavigation().formAction === urls.login()
  return (
    <>
      <h1>Sign in</h1>
      <Form method="post" action={urls.login()} className="door__form" noValidate>
        <CsrfField />
        <input type="hidden" name="next" value={next} />
        <ErrorSummary errors={outcome?.errors ?? none} />
        {outcome?.isWrong && (
          <div className="notice notice--error" role="alert">
            <p>The e-mail address or the password is not right. Please try again.</p>
          </div>
        )}
        <Field
          name="email"
          label="E-mail"
          type="email"
          autoComplete="username"
          required
          maxLength={254}
          defaultValue={outcome?.typed}
          ask="Enter your e-mail address."
          errors={outcome?.errors.email ?? undefined}
        />
        <Field
          name="password"
          label="Password"
          type="password"
          autoComplete="current-password"
          required
          maxLength={256}
          ask="Enter your password."
          errors={outcome?.errors.password ?? undefined}
        />
        <button className="button button--primary" aria-busy={isBusy}>
          {isBusy ? 'Signing in…' : 'Sign in'}
        </button>
      </Form>
    </>
  )
}
