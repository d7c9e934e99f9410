import { useActionData, useLoaderData } from '@remix-run/react'
import { CheckField, TextArea } from '#app/components/admin/fields.tsx'
import { revalidateForm } from '#app/components/admin/edit-form.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { SettingsForm } from '#app/components/admin/settings-form.tsx'
import { formFields } from '#app/components/form-fields.ts'
import { paymentSettings } from '#app/domain/settings/settings.schema.ts'
import { getSettings, sectionVersion } from '#app/domain/settings/settings.server.ts'
import { constraintsOf } from '#app/http/forms/constraints.server.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import { settingsAction } from '#app/http/forms/settings-action.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'

export const handle = { access: 'settings' } satisfies RouteHandle

export const meta = () => adminMeta('Payment settings')

export async function loader() {
  const settings = orNotFound(await getSettings())
  return {
    settings,
    version: sectionVersion('payments', settings),
    constraint: constraintsOf(paymentSettings),
  }
}

export const action = settingsAction('payments', () => paymentSettings)

export const shouldRevalidate = revalidateForm

export default function PaymentSettings() {
  const { settings, version, constraint } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const form = formFields({
    id: 'settings',
    answer,
    constraint,
    values: {
      bankDetails: settings.bankDetails,
      acceptsBankTransfer: settings.acceptsBankTransfer ? 'on' : '',
      acceptsCashOnDelivery: settings.acceptsCashOnDelivery ? 'on' : '',
    },
  })
  const { field } = form
  return (
    <SettingsForm key={version} title="Payments" version={version} form={form}>
      <Panel>
        <div className="fields">
          <CheckField
            {...field('acceptsBankTransfer')}
            label="Bank transfer"
            hint="Mark the order as paid when payment arrives."
          />
          <TextArea
            {...field('bankDetails')}
            label="Bank details"
            isOptional
            hint="Shown on the order page and in emails: account holder, IBAN, bank."
            rows={4}
          />
          <CheckField {...field('acceptsCashOnDelivery')} label="Cash on delivery" />
        </div>
      </Panel>
    </SettingsForm>
  )
}
