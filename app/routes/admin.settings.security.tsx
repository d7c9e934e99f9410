import type { LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { CheckField } from '#app/components/admin/fields.tsx'
import { revalidateForm } from '#app/components/admin/edit-form.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { SettingsForm } from '#app/components/admin/settings-form.tsx'
import { formFields } from '#app/components/form-fields.ts'
import { formatCount } from '#app/domain/intl.ts'
import { securitySettings } from '#app/domain/settings/settings.schema.ts'
import { getSettings, sectionVersion } from '#app/domain/settings/settings.server.ts'
import { countStaffWithoutTwoFactor } from '#app/domain/staff/staff.server.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import { settingsAction } from '#app/http/forms/settings-action.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'settings' } satisfies RouteHandle

export const meta = () => adminMeta('Security settings')

export async function loader({ request }: LoaderFunctionArgs) {
  const { hasTwoFactor } = await requireUser(request)
  const [found, withoutTwoFactor] = await Promise.all([getSettings(), countStaffWithoutTwoFactor()])
  const settings = orNotFound(found)
  return { settings, version: sectionVersion('security', settings), hasTwoFactor, withoutTwoFactor }
}

export const action = settingsAction('security', () => securitySettings)

export const shouldRevalidate = revalidateForm

export default function SecuritySettings() {
  const { settings, version, hasTwoFactor, withoutTwoFactor } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const values = { staffNeedTwoFactor: settings.staffNeedTwoFactor ? 'on' : '' }
  const form = formFields({ id: 'settings', answer, values })
  const people = formatCount(withoutTwoFactor, 'staff member has', 'staff members have')
  return (
    <SettingsForm key={version} title="Security" version={version} form={form}>
      <Panel title="Staff">
        <div className="fields">
          <CheckField
            {...form.field('staffNeedTwoFactor')}
            label="Require two-factor authentication for staff"
            hint={
              withoutTwoFactor === 0
                ? 'All staff have set it up. New staff must set it up at first sign-in.'
                : `${people} not set it up yet and must do so at next sign-in.`
            }
          />
          {!hasTwoFactor && (
            <p>
              You haven’t set it up yourself yet. <a href={urls.account.twoFactor()}>Set up</a>, then turn
              this on.
            </p>
          )}
        </div>
      </Panel>
    </SettingsForm>
  )
}
