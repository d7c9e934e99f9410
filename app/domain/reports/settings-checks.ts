import { urls } from '#app/urls.ts'
import { type HealthText, several } from './health-check.ts'

export const settingsChecks = {
  'no-payment-method': {
    isUrgent: true,
    ok: 'Customers can pay',
    found: () => 'There is no payment method',
    why: 'Nobody can place an order.',
    to: urls.admin.settings('payments'),
    link: 'Choose payment methods',
  },
  'no-bank-details': {
    isUrgent: true,
    ok: 'Bank details are complete',
    found: () => 'Bank details are missing',
    why: 'Customers who pay by bank transfer are not told where to.',
    to: urls.admin.settings('payments'),
    link: 'Add bank details',
  },
  'zone-without-method': {
    isUrgent: true,
    ok: 'Each shipping zone has a shipping method',
    found: several('shipping zone has no shipping method', 'shipping zones have no shipping method'),
    why: 'Customers there can’t place an order.',
    to: urls.admin.settings('shipping'),
    link: 'Set up shipping',
  },
  'country-without-zone': {
    isUrgent: true,
    ok: 'All countries that you ship to have a shipping zone',
    found: several(
      'country that you ship to has no shipping zone',
      'countries that you ship to have no shipping zone',
    ),
    why: 'Customers there can’t place an order.',
    to: urls.admin.settings('shipping'),
    link: 'Set up shipping',
  },
  'no-store-country': {
    ok: 'The store’s country is set',
    found: () => 'The store’s country is not set',
    why: 'Taxes and the labels of addresses depend on it.',
    to: urls.admin.settings('region'),
    link: 'Set country',
  },
  'no-tax-rate': {
    ok: 'The store’s country has a tax rate',
    found: () => 'The store’s country has no tax rate',
    why: 'Orders are placed without tax. That is fine if you don’t have to charge it.',
    to: urls.admin.settings('taxes'),
    link: 'Set up taxes',
  },
  'no-email-service': {
    isUrgent: true,
    ok: 'Emails are sent',
    found: () => 'No email service is set up',
    why: 'Customers get no emails, not even order confirmations.',
    to: urls.admin.emails(),
    link: 'Set up email',
  },
  'missing-policies': {
    ok: 'All policies are published',
    found: several('policy is not published', 'policies are not published'),
    why: 'Customers look for returns, delivery, privacy and terms before they buy.',
    to: urls.admin.pages(),
    link: 'Write policies',
  },
} satisfies Record<string, HealthText>
