import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { EditForm, revalidateForm, SaveBar } from '#app/components/admin/edit-form.tsx'
import { ErrorSummary } from '#app/components/error-summary.tsx'
import { formFields, submittedOr } from '#app/components/form-fields.ts'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { countStaffWithoutTwoFactor } from '#app/domain/staff/staff.server.ts'
import { currencyNames } from '#app/domain/intl.ts'
import { version } from '#app/domain/products/product.schema.ts'
import { toDecimal } from '#app/domain/money.ts'
import { currencies, settingsSchema, timeZones } from '#app/domain/settings/settings.schema.ts'
import {
  getSettings,
  isCurrencyFixed,
  updateSettings,
  type UpdateSettingsResult,
} from '#app/domain/settings/settings.server.ts'
import { constraintsOf } from '#app/http/forms/constraints.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
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
  const { hasTwoFactor } = await requireUser(request)
  const settings = orNotFound(await getSettings())
  const [isFixed, withoutTwoFactor] = await Promise.all([isCurrencyFixed(), countStaffWithoutTwoFactor()])
  // Formatted on the server: a browser may name a currency differently.
  const names = currencyNames('en', undefined)
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
    'Someone else changed the settings, so nothing was saved. Your edits are still here: copy what you need, then reload the page.',
  'currency-fixed': 'The currency can’t be changed after the first order. Nothing was saved.',
  'no-two-factor':
    'Set up your own two-factor authentication first, or you would lock yourself out. Nothing was saved.',
} satisfies Record<Extract<UpdateSettingsResult, { ok: false }>['reason'], string>

export async function action({ request }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const submission = await parseForm(request, schema)
  if (submission.status !== 'success') return formResponse(submission)
  const result = await updateSettings({ ...submission.value, by: staff.id })
  if (result.ok) return redirectWithToast(urls.admin.settings(), { kind: 'success', text: 'Saved.' })
  return formResponse(submission, { problem: refusals[result.reason] })
}

export const shouldRevalidate = revalidateForm

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
  const form = formFields<SettingsValues>({
    id: 'settings',
    answer: result,
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
    <EditForm method="post" answer={result} className="settings">
      <CsrfField />
      <input type="hidden" name="version" value={submittedOr(result, 'version', settings.version)} />
      <ErrorSummary form={form} />
      <IdentityPanel field={form.field} />
      <RegionPanel
        field={form.field}
        currencies={currencies}
        timeZones={timeZones}
        fixed={isFixed ? settings.currency : null}
      />
      <ContactPanel field={form.field} />
      <DeliveryPanel field={form.field} currency={settings.currency} />
      <PaymentPanel field={form.field} />
      <StaffPanel field={form.field} {...staff} />
      <SaveBar>
        <button className="button button--primary" type="submit">
          Save settings
        </button>
      </SaveBar>
    </EditForm>
  )
}
