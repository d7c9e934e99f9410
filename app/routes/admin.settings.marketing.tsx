import { useActionData, useLoaderData } from '@remix-run/react'
import { CheckField } from '#app/components/admin/fields.tsx'
import { revalidateForm } from '#app/components/admin/edit-form.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { SettingsForm } from '#app/components/admin/settings-form.tsx'
import { Field } from '#app/components/field.tsx'
import { formFields } from '#app/components/form-fields.ts'
import { consentText } from '#app/domain/consents/consents.ts'
import { marketingSettings } from '#app/domain/settings/settings.schema.ts'
import { getSettings, sectionVersion } from '#app/domain/settings/settings.server.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import { settingsAction } from '#app/http/forms/settings-action.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'

export const handle = { access: 'settings' } satisfies RouteHandle

export const meta = () => adminMeta('Marketing settings')

export async function loader() {
  const settings = orNotFound(await getSettings())
  return { settings, version: sectionVersion('marketing', settings) }
}

export const action = settingsAction('marketing', () => marketingSettings)

export const shouldRevalidate = revalidateForm

export default function MarketingSettings() {
  const { settings, version } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const values = {
    remindsOfCarts: settings.remindsOfCarts ? 'on' : '',
    reviewRequestDays: String(settings.reviewRequestDays ?? ''),
  }
  const form = formFields({ id: 'settings', answer, values })
  return (
    <SettingsForm key={version} title="Marketing" version={version} form={form}>
      <Panel title="Abandoned carts">
        <div className="fields">
          <CheckField
            {...form.field('remindsOfCarts')}
            label="Email a reminder of abandoned carts"
            hint="Sent a day after the last change of a cart, once, and only to customers who agreed to marketing emails. It has a link that restores the cart on any device."
          />
        </div>
      </Panel>
      <Panel title="Reviews">
        <div className="fields">
          <Field
            {...form.field('reviewRequestDays')}
            type="number"
            min={1}
            max={90}
            label="Days from delivery to the review request"
            isOptional
            hint="An email asks for reviews of all products of the order, once, and only customers who agreed to marketing emails. Its link needs no sign-in. Leave it empty to send none."
          />
        </div>
      </Panel>
      <Panel title="Consent">
        <p className="soft small">
          Customers agree at checkout or in their account. Beside the checkbox, which is never checked in
          advance, they read:
        </p>
        <blockquote className="apart">
          <p dir="auto">“{consentText(settings.shopName)}”</p>
        </blockquote>
        <p className="soft small apart">
          Each consent is recorded with its time and this text. Each marketing email has a link to
          unsubscribe.
        </p>
      </Panel>
    </SettingsForm>
  )
}
