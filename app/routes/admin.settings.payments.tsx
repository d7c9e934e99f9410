import { useActionData, useLoaderData } from '@remix-run/react'
import { CheckField, TextArea } from '#app/components/admin/fields.tsx'
import { revalidateForm } from '#app/components/admin/edit-form.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Field } from '#app/components/field.tsx'
import { Panel } from '#app/components/admin/panel.tsx'
import { SettingsForm } from '#app/components/admin/settings-form.tsx'
import { formFields } from '#app/components/form-fields.ts'
import { paymentForm, paymentSettings } from '#app/domain/settings/settings.schema.ts'
import { paymentProvider } from '#app/domain/billing/payment-provider.server.ts'
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
    acceptsCards: paymentProvider() !== null,
    version: sectionVersion('payments', settings),
    constraint: constraintsOf(paymentSettings),
  }
}

export const action = settingsAction('payments', () => paymentForm(paymentProvider() !== null))

export const shouldRevalidate = revalidateForm

export default function PaymentSettings() {
  const { settings, acceptsCards, version, constraint } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const form = formFields({
    id: 'settings',
    answer,
    constraint,
    values: {
      bankDetails: settings.bankDetails,
      bankTransferDays: String(settings.bankTransferDays ?? ''),
      capturesLater: settings.capturesLater ? 'on' : '',
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
          <Field
            {...field('bankTransferDays')}
            label="Days to pay by bank transfer"
            isOptional
            inputMode="numeric"
            hint="Unpaid orders are then canceled and their items restocked. Empty: they wait."
          />
          <CheckField {...field('acceptsCashOnDelivery')} label="Cash on delivery" />
        </div>
      </Panel>
      <Panel title="Card payments">
        <div className="fields">
          <p className="soft">
            {acceptsCards
              ? 'Customers pay on Stripe’s page. Payment methods are chosen in your Stripe account.'
              : 'Not set up: start the store with the keys of your Stripe account.'}
          </p>
          <CheckField
            {...field('capturesLater')}
            label="Capture payments manually"
            hint="Cards are only authorized at checkout. Capture the payment on the order’s page, within seven days."
          />
        </div>
      </Panel>
    </SettingsForm>
  )
}
