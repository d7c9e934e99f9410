import { Link } from '@remix-run/react'
import { Icon } from '#app/components/admin/icons.tsx'
import { Panel } from '#app/components/admin/panel.tsx'
import { urls } from '#app/urls.ts'

/** From an empty shop to the first sale; done steps stay, ticked. */
export function FirstSteps({
  hasProducts,
  isOnSale,
  hasRate,
  hasBank,
  hasTwoFactor,
}: {
  hasProducts: boolean
  isOnSale: boolean
  hasRate: boolean
  hasBank: boolean
  hasTwoFactor: boolean
}) {
  const steps = [
    {
      isDone: hasProducts,
      title: 'Bring your products',
      words: 'Import them as a CSV file, or write the first one by hand.',
      to: urls.admin.imports(),
      label: 'Import products',
    },
    {
      isDone: isOnSale,
      title: 'Put something on sale',
      words: 'Shoppers see products whose status is “active”.',
      to: urls.admin.products(),
      label: 'Look at the products',
    },
    {
      isDone: hasRate,
      title: 'Say what delivery costs',
      words: 'One price for every order, and how long it takes.',
      to: urls.admin.settings(),
      label: 'Set the delivery',
    },
    {
      isDone: hasBank,
      title: 'Give your bank details',
      words: 'Shoppers who pay by bank transfer find them on the receipt.',
      to: urls.admin.settings(),
      label: 'Enter bank details',
    },
    {
      isDone: hasTwoFactor,
      title: 'Protect your account',
      words: 'With two-factor authentication, a stolen password alone opens nothing.',
      to: urls.account.twoFactor(),
      label: 'Set up two-factor authentication',
    },
    {
      isDone: false,
      title: 'Look at your shop',
      words: 'Place an order yourself, and see it arrive here.',
      to: urls.home(),
      label: 'Open the shop',
    },
  ]
  const next = steps.findIndex(({ isDone }) => !isDone)
  return (
    <Panel title="To your first sale" flush>
      <ol className="steps" role="list">
        {steps.map(({ isDone, title, words, to, label }, index) => (
          <li key={title} className={isDone ? 'steps__item steps__item--done' : 'steps__item'}>
            <span className="steps__mark">{isDone ? <Icon name="check" /> : index + 1}</span>
            <span>
              <b>{title}</b>
              {isDone && <span className="visually-hidden"> (done)</span>}
              <span className="soft small steps__words">{words}</span>
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
