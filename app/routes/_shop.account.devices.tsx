import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { FormattedDate } from '#app/components/formatted-date.tsx'
import { pageMeta } from '#app/components/page-meta.ts'
import { browserName } from '#app/domain/accounts/browser-name.ts'
import { listDevices } from '#app/domain/accounts/sessions.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { noStore } from '#app/http/forms/respond.server.ts'
import { getVisitor } from '#app/http/session/session.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'signed-in' } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Your devices', isPrivate: true })

export const headers = () => noStore

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request)
  const [{ sessionId }, devices] = await Promise.all([getVisitor(request), listDevices(user.id)])
  return data(
    {
      devices: devices.map(({ userAgent, ...device }) => ({
        ...device,
        name: browserName(userAgent),
        isThis: device.id === sessionId,
      })),
    },
    { headers: noStore },
  )
}

export default function DevicesPage() {
  const { devices } = useLoaderData<typeof loader>()
  return (
    <>
      <header className="account__head">
        <h1>Your devices</h1>
        <p className="soft">
          {devices.length === 1
            ? 'You are signed in on this device only.'
            : 'You are signed in on these devices. Don’t recognize one? Sign it out, then change your password.'}
        </p>
      </header>
      <ul role="list" className="rows">
        {devices.map((device) => (
          <li key={device.id} className="row">
            <div className="row__words">
              <h2 className="row__title">
                {device.name}
                {device.isThis && <span className="tag">This device</span>}
              </h2>
              <p className="soft small">
                Signed in on <FormattedDate at={device.createdAt} />, last seen on{' '}
                <FormattedDate at={device.lastSeenAt} />
              </p>
            </div>
            {!device.isThis && (
              <Link
                to={urls.account.deleteDevice(device.id)}
                className="button"
                aria-label={`Sign out ${device.name}`}
              >
                Sign out
              </Link>
            )}
          </li>
        ))}
      </ul>
      {devices.length > 1 && (
        <p>
          <Link to={urls.account.deleteOtherDevices()} className="button">
            Sign out all other devices
          </Link>
        </p>
      )}
    </>
  )
}
