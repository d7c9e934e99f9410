import { Link, useLoaderData } from '@remix-run/react'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { formatCount } from '#app/domain/intl.ts'
import { formatMoney } from '#app/domain/money.ts'
import { paymentProvider } from '#app/domain/billing/payment-provider.server.ts'
import { listPaymentMethods } from '#app/domain/payments/payments.ts'
import { getSettings, type Settings } from '#app/domain/settings/settings.server.ts'
import { countryName } from '#app/domain/shipping/countries.ts'
import { countZones } from '#app/domain/shipping/zones.server.ts'
import { countTaxRates } from '#app/domain/taxes/tax-rates.server.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'settings' } satisfies RouteHandle

export const meta = () => adminMeta('Settings')

export async function loader() {
  const [settings, zoneCount, rateCount] = await Promise.all([getSettings(), countZones(), countTaxRates()])
  return { sections: listSections(orNotFound(settings), { zoneCount, rateCount }) }
}

/** Each section with what it is about and its current state. */
function listSections(
  settings: Settings,
  { zoneCount, rateCount }: { zoneCount: number; rateCount: number },
) {
  const rate = formatMoney(settings.shippingRate, settings)
  return [
    {
      to: urls.admin.settings('general'),
      title: 'General',
      about: 'Name, tagline, color and contact details.',
      state: `${settings.shopName} · ${settings.contactEmail}`,
    },
    {
      to: urls.admin.settings('region'),
      title: 'Currency and region',
      about: 'Currency, format of prices and dates, time zone.',
      state: `${settings.currency} · ${settings.locale} · ${settings.timeZone.replaceAll('_', ' ')}`,
    },
    {
      to: urls.admin.settings('shipping'),
      title: 'Shipping',
      about: 'Rate, delivery time and countries.',
      state:
        zoneCount > 0
          ? formatCount(zoneCount, 'zone')
          : `${settings.shippingRate === 0 ? 'Free' : rate} · ${countriesOf(settings)}`,
    },
    {
      to: urls.admin.settings('taxes'),
      title: 'Taxes',
      about: 'Rates, tax classes and store location.',
      state: `${settings.taxLabel} · ${rateCount === 0 ? 'No rates' : formatCount(rateCount, 'rate')}`,
    },
    {
      to: urls.admin.settings('payments'),
      title: 'Payments',
      about: 'Payment methods at checkout.',
      state: listPaymentMethods(settings, paymentProvider() !== null)
        .map(({ label }) => label)
        .join(' · '),
    },
    {
      to: urls.admin.settings('invoices'),
      title: 'Invoices',
      about: 'Legal name, tax number, prefixes and paper size.',
      state: invoiceState(settings),
    },
    {
      to: urls.admin.settings('marketing'),
      title: 'Marketing',
      about: 'Emails to customers who agreed to them.',
      state: `Cart reminders: ${settings.remindsOfCarts ? 'on' : 'off'}`,
    },
    {
      to: urls.admin.settings('security'),
      title: 'Security',
      about: 'How staff sign in.',
      state: `Two-factor authentication: ${settings.staffNeedTwoFactor ? 'required' : 'optional'}`,
    },
  ]
}

/** The seller as invoices name it, or what the law asks for and is missing. */
function invoiceState({ legalName, legalAddress, taxNumber }: Settings): string {
  const missing = [
    ...(legalName ? [] : ['legal name']),
    ...(legalAddress ? [] : ['address']),
    ...(taxNumber ? [] : ['tax number']),
  ]
  return missing.length > 0 ? `Missing: ${missing.join(', ')}` : `${legalName} · ${taxNumber}`
}

function countriesOf({ shippingCountries }: Settings): string {
  if (shippingCountries.length === 0) return 'All countries'
  if (shippingCountries.length > 3) return formatCount(shippingCountries.length, 'country', 'countries')
  return shippingCountries.map((code) => countryName(code, 'en')).join(', ')
}

export default function Settings() {
  const { sections } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead title="Settings" />
      <div className="settings">
        <Panel flush>
          <ul role="list" className="sections">
            {sections.map(({ to, title, about, state }) => (
              <li key={to} className="sections__item">
                <div>
                  <h2 className="sections__title">
                    <Link to={to}>{title}</Link>
                  </h2>
                  <p className="soft small">{about}</p>
                </div>
                <p className="sections__state" dir="auto">
                  {state}
                </p>
              </li>
            ))}
          </ul>
        </Panel>
      </div>
    </>
  )
}
