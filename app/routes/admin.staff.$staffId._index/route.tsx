import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { AppointmentFields, type AppointmentValues } from '#app/components/admin/appointment-fields.tsx'
import { ErrorSummary, formProps, useServerForm } from '#app/components/admin/form.tsx'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { AccountStatus, areasInWords } from '#app/components/admin/person-states.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { roleText } from '#app/domain/accounts/accounts.ts'
import { grantableAreas, refusalToChange, staffRefusalText } from '#app/domain/accounts/staff.ts'
import { appointmentSchema } from '#app/domain/accounts/staff.schema.ts'
import { changeAppointment, getStaffMember } from '#app/domain/accounts/staff.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { idOf } from '#app/http/ids.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { badForm, orNotFound, redirectWithToast } from '#app/http/respond.server.ts'
import { logSecurityEvent } from '#app/http/security-events.ts'
import { urls } from '#app/urls.ts'
import { AccessPanel } from './access-panel.tsx'
import { PersonPanel } from './person-panel.tsx'

export const handle = { access: 'staff' } satisfies RouteHandle

export const meta: MetaFunction<typeof loader> = ({ data }) => adminMeta(data?.person.name ?? 'Staff')

export async function loader({ request, params }: LoaderFunctionArgs) {
  const me = await userOf(request)
  const person = orNotFound(await getStaffMember(idOf(params.staffId)))
  const isOwner = me.role === 'owner'
  return {
    person,
    refusal: refusalToChange(me, person),
    isYou: me.id === person.id,
    rights: { grantable: grantableAreas(me), canMakeAdmins: isOwner },
    canHandOver: isOwner && me.id !== person.id && !person.disabledAt,
  }
}

export type StaffPage = Awaited<ReturnType<typeof loader>>

export async function action({ request, params, context }: ActionFunctionArgs) {
  const staff = await userOf(request)
  const userId = idOf(params.staffId)
  const submission = await parseForm(request, appointmentSchema)
  if (submission.status !== 'success') return badForm(submission)
  const result = await changeAppointment({ ...submission.value, userId, by: staff.id })
  if (result.ok)
    logSecurityEvent(context, 'authz_change', {
      userId: staff.id,
      onUserId: userId,
      to: submission.value.role,
    })
  if (result.ok)
    return redirectWithToast(urls.admin.staffMember(userId), {
      kind: 'success',
      text: 'Saved. What changed holds from their next page on.',
    })
  if (result.reason === 'gone') throw orNotFound(null)
  return badForm(submission, [staffRefusalText[result.reason]])
}

export default function StaffMember() {
  const page = useLoaderData<typeof loader>()
  const { person, refusal } = page
  return (
    <>
      <PageHead
        crumbs={[{ to: urls.admin.staff(), label: 'Staff' }]}
        title={person.name}
        mark={<AccountStatus {...person} />}
        about={`${roleText[person.role]}${page.isYou ? ', and this is you' : ''}`}
      >
        <Link className="button" to={urls.admin.activityOf('users', person.id)}>
          History
        </Link>
      </PageHead>
      <div className="columns">
        <div>
          {refusal === null ? (
            <AppointmentForm key={`${person.role} ${person.areas.join()}`} {...page} />
          ) : (
            <Panel title="What they may do">
              <p>{areasInWords(person)}.</p>
              <p className="soft small apart">{staffRefusalText[refusal]}</p>
            </Panel>
          )}
        </div>
        <div>
          <PersonPanel {...page} />
          <AccessPanel {...page} />
        </div>
      </div>
    </>
  )
}

function AppointmentForm({ person, rights }: StaffPage) {
  const result = useActionData<typeof action>()
  const [form, fields] = useServerForm<AppointmentValues>({
    id: 'appointment',
    result,
    values: { role: person.role, areas: person.areas },
    constraint: {},
  })
  return (
    <Form {...formProps(form)}>
      <CsrfField />
      <ErrorSummary form={form} />
      <Panel
        title="What they may do"
        foot={
          <>
            <button className="button button--primary" type="submit">
              Save
            </button>
            <span className="soft small">A change signs {person.name} out everywhere.</span>
          </>
        }
      >
        <div className="fields">
          <AppointmentFields fields={fields} {...rights} />
        </div>
      </Panel>
    </Form>
  )
}
