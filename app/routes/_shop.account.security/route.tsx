import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { pageMeta } from '#app/components/page-meta.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { noStore } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'signed-in' } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) => pageMeta(matches, { title: 'Security', isPrivate: true })

export const headers = () => noStore

export async function loader({ request }: LoaderFunctionArgs) {
  const { hasTwoFactor } = await userOf(request)
  return data({ hasTwoFactor }, { headers: noStore })
}

export default function SecurityPage() {
  const { hasTwoFactor } = useLoaderData<typeof loader>()
  const places = [
    {
      title: 'Password',
      text: 'A new one signs out all other devices.',
      to: urls.account.password(),
      label: 'Change your password',
    },
    {
      title: 'Second factor',
      text: hasTwoFactor
        ? 'On: signing in also asks for a code of your authenticator app.'
        : 'Off. With it, somebody who learns your password still cannot sign in.',
      to: urls.account.twoFactor(),
      label: hasTwoFactor ? 'Look after it' : 'Set it up',
    },
    {
      title: 'Devices',
      text: 'Where you are signed in, and signing out from afar.',
      to: urls.account.devices(),
      label: 'See your devices',
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
            Download everything we hold about you
          </a>{' '}
          <span className="soft">as a JSON file.</span>
        </p>
        <p>
          <Link to={urls.account.closure()}>Close your account</Link>
        </p>
      </section>
    </>
  )
}
