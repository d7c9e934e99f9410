import { useActionData, useLoaderData } from '@remix-run/react'
import { SelectField, TextArea } from '#app/components/admin/fields.tsx'
import { revalidateForm } from '#app/components/admin/edit-form.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { SettingsForm } from '#app/components/admin/settings-form.tsx'
import { Field } from '#app/components/field.tsx'
import { formFields } from '#app/components/form-fields.ts'
import { paperSizeLabels } from '#app/domain/settings/paper-sizes.ts'
import { invoiceSettings } from '#app/domain/settings/settings.schema.ts'
import { getSettings, sectionVersion, type SettingsValues } from '#app/domain/settings/settings.server.ts'
import { constraintsOf } from '#app/http/forms/constraints.server.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import { settingsAction } from '#app/http/forms/settings-action.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'

export const handle = { access: 'settings' } satisfies RouteHandle

export const meta = () => adminMeta('Invoice settings')

export async function loader() {
  const settings = orNotFound(await getSettings())
  return {
    settings,
    version: sectionVersion('invoices', settings),
    constraint: constraintsOf(invoiceSettings),
  }
}

export const action = settingsAction('invoices', () => invoiceSettings)

export const shouldRevalidate = revalidateForm

export default function InvoiceSettings() {
  const { settings, version, constraint } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const form = formFields<Record<keyof SettingsValues, unknown>>({
    id: 'settings',
    answer,
    constraint,
    values: settings,
  })
  const { field } = form
  return (
    <SettingsForm
      key={version}
      title="Invoices"
      about="Issued invoices never change: changes apply to the next one."
      version={version}
      form={form}
    >
      <Panel title="Seller">
        <div className="fields">
          <Field
            {...field('legalName')}
            label="Legal name"
            isOptional
            hint="Until it is entered, invoices have the store name."
            autoComplete="organization"
          />
          <TextArea
            {...field('legalAddress')}
            label="Legal address"
            isOptional
            hint="Until it is entered, invoices have the contact address."
            rows={4}
          />
          <Field
            {...field('taxNumber')}
            label="Tax or VAT number"
            isOptional
            hint="Printed as entered, for example VAT ID DE123456789."
          />
        </div>
      </Panel>
      <Panel title="Numbers">
        <div className="fields fields--2">
          <Field
            {...field('invoicePrefix')}
            label="Invoice prefix"
            isOptional
            hint="Before the number: INV-1."
          />
          <Field
            {...field('creditNotePrefix')}
            label="Credit note prefix"
            isOptional
            hint="Credit notes have numbers of their own."
          />
        </div>
      </Panel>
      <Panel title="Print">
        <div className="fields">
          <TextArea
            {...field('reverseChargeNote')}
            label="Reverse charge note"
            hint="Printed on invoices without tax to businesses in other EU countries."
            rows={2}
          />
          <SelectField
            {...field('paperSize')}
            label="Paper size"
            choices={Object.entries(paperSizeLabels).map(([value, label]) => ({ value, label }))}
          />
        </div>
      </Panel>
    </SettingsForm>
  )
}
