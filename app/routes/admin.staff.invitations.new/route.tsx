import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { AppointmentFields, type AppointmentValues } from '#app/components/admin/appointment-fields.tsx'
import { TextField } from '#app/components/admin/fields.tsx'
import { ErrorSummary, formProps, useServerForm } from '#app/components/admin/form.tsx'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { invite, type InviteResult } from '#app/domain/accounts/invitations.server.ts'
import { grantableAreas, staffRefusalText } from '#app/domain/accounts/staff.ts'
import { inviteSchema } from '#app/domain/accounts/staff.schema.ts'
import { constraintsOf } from '#app/http/constraints.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { limitMailbox } from '#app/http/mailed.server.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { badForm, redirectWithToast } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'staff' } satisfies RouteHandle

export const meta = () => adminMeta('Invite somebody')

export async function loader({ request }: LoaderFunctionArgs) {
  const me = await userOf(request)
  return {
    grantable: grantableAreas(me),
    canMakeAdmins: me.role === 'owner',
    constraint: constraintsOf(inviteSchema),
  }
}

const refusals = {
  ...staffRefusalText,
  'on-staff': 'Somebody with this address is on the staff already.',
  suspended: 'The account with this address is suspended. Lift the suspension first.',
} satisfies Record<Extract<InviteResult, { ok: false }>['reason'], string>

export async function action({ request }: ActionFunctionArgs) {
  const staff = await userOf(request)
  const submission = await parseForm(request, inviteSchema)
  if (submission.status !== 'success') return badForm(submission)
  await limitMailbox(submission.value.email)
  const result = await invite({ ...submission.value, by: staff.id })
  if (!result.ok) return badForm(submission, [refusals[result.reason]])
  return redirectWithToast(urls.admin.staff(), {
    kind: 'success',
    text: `${submission.value.email} is invited. The link in the mail works for a week.`,
  })
}

export default function Invite() {
  const { constraint, ...rights } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const [form, fields] = useServerForm<AppointmentValues & { email: string }>({
    id: 'invitation',
    result,
    values: { email: '', role: 'staff', areas: [] },
    constraint,
  })
  return (
    <>
      <PageHead
        crumbs={[{ to: urls.admin.staff(), label: 'Staff' }]}
        title="Invite somebody"
        about="They get a mail with a link that works once, for a week. A second invitation replaces the first."
      />
      <Form {...formProps(form)} className="settings">
        <CsrfField />
        <ErrorSummary form={form} />
        <Panel>
          <div className="fields">
            <TextField field={fields.email} label="E-mail" type="email" autoComplete="off" />
            <AppointmentFields fields={fields} {...rights} />
          </div>
        </Panel>
        <div className="save-bar">
          <button className="button button--primary" type="submit">
            Send the invitation
          </button>
          <Link className="button button--quiet" to={urls.admin.staff()}>
            Cancel
          </Link>
        </div>
      </Form>
    </>
  )
}
