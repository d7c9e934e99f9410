import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { pageMeta } from '#app/components/page-meta.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { noStore } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'signed-in' } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) => pageMeta(matches, { title: 'Security', isPrivate: true })

export const headers = () => noStore

export async function loader({ request }: LoaderFunctionArgs) {
  const { hasTwoFactor } = await requireUser(request)
  return data({ hasTwoFactor }, { headers: noStore })
}

export default function SecurityPage() {
  const { hasTwoFactor } = useLoaderData<typeof loader>()
  const places = [
    {
      title: 'Password',
      text: 'Changing it signs out all other devices.',
      to: urls.account.password(),
      label: 'Change password',
    },
    {
      title: 'Two-factor authentication',
      text: hasTwoFactor
        ? 'On: signing in also requires a code from your authenticator app.'
        : 'Off. Adds a code from your phone when you sign in.',
      to: urls.account.twoFactor(),
      label: hasTwoFactor ? 'Manage' : 'Set up',
    },
    {
      title: 'Devices',
      text: 'See where you are signed in, and sign out other devices.',
      to: urls.account.devices(),
      label: 'View devices',
    },
  ]
  return (
    <>
      <header className="account__head">
        <h1>Security</h1>
      </header>
      <ul role="list" className="rows">
        {places.map(({ title, text, to, label }) => (
          <li key={to} className="row">
            <div className="row__words">
              <h2 className="row__title">{title}</h2>
              <p className="soft">{text}</p>
            </div>
            <Link to={to} className="button">
              {label}
            </Link>
          </li>
        ))}
      </ul>
      <section aria-labelledby="data" className="account__section">
        <h2 id="data">Your data</h2>
        <p>
          <a href={urls.account.export()} download>
            Download your data
          </a>{' '}
          <span className="soft">as a JSON file.</span>
        </p>
        <p>
          <Link to={urls.account.deleteAccount()}>Close your account</Link>
        </p>
      </section>
    </>
  )
}
