import { useRouteLoaderData } from '@remix-run/react'
import { useEffect } from 'react'
import { useUserActivity } from '#app/components/live/use-user-activity.ts'
import { urls } from '#app/urls.ts'

const everyMs = 20_000

/** Other staff who have this order open; also reports that this tab has. Needs JavaScript. */
export function Presence({ orderId, names }: { orderId: number; names: string[] }) {
  useReportPresence(orderId)
  return (
    <div role="status">
      {names.length > 0 && (
        <p className="notice error-summary" dir="auto">
          {viewersText(names)}
        </p>
      )}
    </div>
  )
}

function viewersText(names: string[]): string {
  const [one, ...others] = names
  if (others.length === 0) return `${one} is also viewing this order.`
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)} are also viewing this order.`
}

/** Reports presence while the tab is visible and the user is active, and leaves when the page closes. */
function useReportPresence(orderId: number) {
  const csrf = useRouteLoaderData<{ csrfToken: string }>('root')?.csrfToken ?? ''
  const isActive = useUserActivity(() => {})
  useEffect(() => {
    const post = (address: string) =>
      void fetch(address, {
        method: 'POST',
        body: new URLSearchParams({ csrf }),
        // The request also completes while the page is being closed.
        keepalive: true,
      }).catch(() => {})
    const report = () => {
      if (isActive()) post(urls.admin.orderPresence(orderId))
    }
    const leave = () => post(urls.admin.leaveOrderPresence(orderId))
    report()
    const timer = setInterval(report, everyMs)
    document.addEventListener('visibilitychange', report)
    addEventListener('pagehide', leave)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', report)
      removeEventListener('pagehide', leave)
      leave()
    }
    // A new token of the same session is equivalent.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [orderId])
}
