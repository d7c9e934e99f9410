import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { ErrorSummary, formProps, keptOr, useServerForm } from '#app/components/admin/form.tsx'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { countStaffWithoutTwoFactor } from '#app/domain/accounts/staff.server.ts'
import { version } from '#app/domain/catalog/product.schema.ts'
import { toDecimal } from '#app/domain/money.ts'
import { currencies, settingsSchema, timeZones } from '#app/domain/settings/settings.schema.ts'
import {
  getSettings,
  isCurrencyFixed,
  updateSettings,
  type UpdateSettingsResult,
} from '#app/domain/settings/settings.server.ts'
import { constraintsOf } from '#app/http/constraints.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { orNotFound, redirectWithToast } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'
import { z } from 'zod'
import {
  ContactPanel,
  DeliveryPanel,
  IdentityPanel,
  PaymentPanel,
  RegionPanel,
  StaffPanel,
  type SettingsValues,
} from './panels.tsx'

export const handle = { access: 'settings' } satisfies RouteHandle

export const meta = () => adminMeta('Settings')

const schema = settingsSchema.and(z.object({ version: version() }))

export async function loader({ request }: LoaderFunctionArgs) {
  const { hasTwoFactor } = await userOf(request)
  const settings = orNotFound(await getSettings())
  const [isFixed, withoutTwoFactor] = await Promise.all([isCurrencyFixed(), countStaffWithoutTwoFactor()])
  // Named here: a browser may know a currency by another name.
  const names = new Intl.DisplayNames('en', { type: 'currency' })
  return {
    settings,
    isFixed,
    staff: { hasTwoFactor, withoutTwoFactor },
    currencies: currencies.map((code) => ({ code, name: names.of(code) ?? code })),
    timeZones,
    constraint: constraintsOf(settingsSchema),
  }
}

const refusals = {
  stale:
    'Somebody saved the settings since you opened them, so nothing was saved. Your words are still here: copy what you need, then open the page again.',
  'currency-fixed': 'There are orders in the old currency, so the currency stays. Nothing was saved.',
  'no-second-factor':
    'Set up your own second factor before you ask one of the staff, or you would shut yourself out. Nothing was saved.',
} satisfies Record<Extract<UpdateSettingsResult, { ok: false }>['reason'], string>

export async function action({ request }: ActionFunctionArgs) {
  const staff = await userOf(request)
  const submission = await parseForm(request, schema)
  if (submission.status !== 'success') return data(submission.reply(), 400)
  const result = await updateSettings({ ...submission.value, by: staff.id })
  if (result.ok) return redirectWithToast(urls.admin.settings(), { kind: 'success', text: 'Saved.' })
  return data(submission.reply({ formErrors: [refusals[result.reason]] }), 400)
}

export default function Settings() {
  const { settings } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead title="Settings" />
      <SettingsForm key={settings.version} />
    </>
  )
}

function SettingsForm() {
  const { settings, isFixed, currencies, timeZones, staff, constraint } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const [form, fields] = useServerForm<SettingsValues>({
    id: 'settings',
    result,
    constraint,
    values: {
      ...settings,
      shippingRate: toDecimal(settings.shippingRate, settings.currency),
      shippingDaysMin: String(settings.shippingDaysMin),
      shippingDaysMax: String(settings.shippingDaysMax),
      shippingCountries: settings.shippingCountries.join(' '),
      lowStockThreshold: String(settings.lowStockThreshold),
      acceptsBankTransfer: settings.acceptsBankTransfer ? 'on' : '',
      acceptsCashOnDelivery: settings.acceptsCashOnDelivery ? 'on' : '',
      staffNeedTwoFactor: settings.staffNeedTwoFactor ? 'on' : '',
    },
  })
  return (
    <Form {...formProps(form)} className="settings">
      <CsrfField />
      <input type="hidden" name="version" value={keptOr(result, 'version', settings.version)} />
      <ErrorSummary form={form} />
      <IdentityPanel fields={fields} />
      <RegionPanel
        fields={fields}
        currencies={currencies}
        timeZones={timeZones}
        fixed={isFixed ? settings.currency : null}
      />
      <ContactPanel fields={fields} />
      <DeliveryPanel fields={fields} currency={settings.currency} />
      <PaymentPanel fields={fields} />
      <StaffPanel fields={fields} {...staff} />
      <div className="save-bar">
        <button className="button button--primary" type="submit">
          Save the settings
        </button>
      </div>
    </Form>
  )
}
