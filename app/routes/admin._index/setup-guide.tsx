import { Link } from '@remix-run/react'
import { Icon } from '#app/components/admin/icons.tsx'
import { Panel } from '#app/components/admin/panel.tsx'
import { urls } from '#app/urls.ts'

/** Steps from an empty store to the first sale; completed steps stay visible, checked off. */
export function SetupGuide({
  hasProducts,
  isOnSale,
  hasRate,
  hasBank,
  hasPolicies,
  hasTwoFactor,
  sendsEmail,
}: {
  hasProducts: boolean
  isOnSale: boolean
  hasRate: boolean
  hasBank: boolean
  hasPolicies: boolean
  hasTwoFactor: boolean
  sendsEmail: boolean
}) {
  const steps = [
    {
      isDone: hasProducts,
      title: 'Add products',
      text: 'Import a CSV file, or add one manually.',
      to: urls.admin.imports(),
      label: 'Import products',
    },
    {
      isDone: isOnSale,
      title: 'Publish a product',
      text: 'Customers see active products.',
      to: urls.admin.products(),
      label: 'View products',
    },
    {
      isDone: hasRate,
      title: 'Set your shipping rate',
      text: 'One rate for every order, with its delivery time.',
      to: urls.admin.settings('shipping'),
      label: 'Set up shipping',
    },
    {
      isDone: hasBank,
      title: 'Add bank details',
      text: 'Customers who pay by bank transfer see them on their order.',
      to: urls.admin.settings('payments'),
      label: 'Add bank details',
    },
    {
      isDone: hasPolicies,
      title: 'Write your policies',
      text: 'Returns, privacy and terms are linked in the footer and in the checkout.',
      to: urls.admin.pages(),
      label: 'Write policies',
    },
    {
      isDone: sendsEmail,
      title: 'Set up an email service',
      text: 'Until then no emails are sent, not even order confirmations.',
      to: urls.admin.emails(),
      label: 'Set up email',
    },
    {
      isDone: hasTwoFactor,
      title: 'Protect your account',
      text: 'With two-factor authentication, a stolen password isn’t enough to sign in.',
      to: urls.account.twoFactor(),
      label: 'Set up two-factor authentication',
    },
    {
      isDone: false,
      title: 'View your store',
      text: 'Place a test order.',
      to: urls.home(),
      label: 'View store',
    },
  ]
  const next = steps.findIndex(({ isDone }) => !isDone)
  return (
    <Panel title="Setup guide" flush>
      <ol className="steps" role="list">
        {steps.map(({ isDone, title, text, to, label }, index) => (
          <li key={title} className={isDone ? 'steps__item steps__item--done' : 'steps__item'}>
            <span className="steps__mark">{isDone ? <Icon name="check" /> : index + 1}</span>
            <span>
              <b>{title}</b>
              {isDone && <span className="visually-hidden"> (done)</span>}
              <span className="soft small steps__words">{text}</span>
            </span>
            {!isDone && (
              <Link className={`button ${index === next ? 'button--primary' : ''}`} to={to}>
                {label}
              </Link>
            )}
          </li>
        ))}
      </ol>
    </Panel>
  )
}
