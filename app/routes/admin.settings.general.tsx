import { useActionData, useLoaderData } from '@remix-run/react'
import { CheckField, TextArea } from '#app/components/admin/fields.tsx'
import { revalidateForm } from '#app/components/admin/edit-form.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { SettingsForm } from '#app/components/admin/settings-form.tsx'
import { Field } from '#app/components/field.tsx'
import { type FieldProps, formFields } from '#app/components/form-fields.ts'
import { generalSettings } from '#app/domain/settings/settings.schema.ts'
import { getSettings, sectionVersion, type SettingsValues } from '#app/domain/settings/settings.server.ts'
import { constraintsOf } from '#app/http/forms/constraints.server.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import { settingsAction } from '#app/http/forms/settings-action.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'

export const handle = { access: 'settings' } satisfies RouteHandle

export const meta = () => adminMeta('General settings')

export async function loader() {
  const settings = orNotFound(await getSettings())
  return {
    settings,
    version: sectionVersion('general', settings),
    constraint: constraintsOf(generalSettings),
  }
}

export const action = settingsAction('general', () => generalSettings)

export const shouldRevalidate = revalidateForm

export default function GeneralSettings() {
  const { settings, version, constraint } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const form = formFields<Record<keyof SettingsValues, unknown>>({
    id: 'settings',
    answer,
    constraint,
    values: {
      ...settings,
      lowStockThreshold: String(settings.lowStockThreshold),
      returnDays: String(settings.returnDays),
      showsLowestPrice: settings.showsLowestPrice ? 'on' : '',
    },
  })
  const { field } = form
  return (
    <SettingsForm key={version} title="General" version={version} form={form}>
      <Panel title="Store">
        <div className="fields">
          <Field {...field('shopName')} label="Name" autoComplete="organization" />
          <Field
            {...field('tagline')}
            label="Tagline"
            isOptional
            hint="One sentence below the name on the home page."
          />
          <Field
            {...field('accentColor')}
            label="Accent color"
            type="color"
            className="swatch"
            hint="Used for buttons; adjusted for contrast."
          />
        </div>
      </Panel>
      <Panel title="Contact">
        <div className="fields">
          <div className="fields fields--2">
            <Field
              {...field('contactEmail')}
              label="Email"
              type="email"
              hint="Reply-to address for emails."
            />
            <Field {...field('contactPhone')} label="Phone" isOptional type="tel" />
          </div>
          <TextArea
            {...field('contactAddress')}
            label="Address"
            isOptional
            hint="Shown in the footer and in emails."
            rows={3}
          />
        </div>
      </Panel>
      <OrderFields field={field} />
      <Panel title="Reduced prices">
        <CheckField
          {...field('showsLowestPrice')}
          label="Show the lowest price of the last 30 days"
          hint="Shown beside a reduced price, with the discount counted from it. Required for stores that sell to consumers in the EU. A variant that had no price before its reduction is shown without a compare-at price."
        />
      </Panel>
    </SettingsForm>
  )
}

type OrderField = 'orderPrefix' | 'lowStockThreshold' | 'returnDays'

function OrderFields({ field }: { field: (name: OrderField) => FieldProps }) {
  return (
    <Panel title="Orders and inventory">
      <div className="fields fields--2">
        <Field
          {...field('orderPrefix')}
          label="Order prefix"
          isOptional
          hint="Prefix for order numbers: #1001."
        />
        <Field
          {...field('lowStockThreshold')}
          label="Low stock"
          type="number"
          min={0}
          max={1000}
          hint="At this number and below, customers see “Only 3 left”."
        />
        <Field
          {...field('returnDays')}
          label="Days for returns"
          type="number"
          min={0}
          max={365}
          hint="How long after delivery customers can ask for a return. 0: they can’t."
        />
      </div>
    </Panel>
  )
}
