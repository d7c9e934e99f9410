import { useRouteLoaderData } from '@remix-run/react'
import { useEffect } from 'react'
import { useAttention } from '#app/components/live/use-attention.ts'
import { urls } from '#app/urls.ts'

const everyMs = 20_000

/** Who else has this order open, and the word to them that we do. Without script nobody says so, and nobody is shown. */
export function Watchers({ orderId, names }: { orderId: number; names: string[] }) {
  useWatching(orderId)
  return (
    <div role="status">
      {names.length > 0 && (
        <p className="notice error-summary" dir="auto">
          {sentence(names)}
        </p>
      )}
    </div>
  )
}

function sentence(names: string[]): string {
  const [one, ...others] = names
  if (others.length === 0) return `${one} is looking at this order too.`
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)} are looking at this order too.`
}

/** Says it while somebody looks at this tab and touches it, and takes leave when it goes. */
function useWatching(orderId: number) {
  const csrf = useRouteLoaderData<{ csrfToken: string }>('root')?.csrfToken ?? ''
  const isAttended = useAttention(() => {})
  useEffect(() => {
    const say = (address: string) =>
      void fetch(address, {
        method: 'POST',
        body: new URLSearchParams({ csrf }),
        // Also from a page that is being left.
        keepalive: true,
      }).catch(() => {})
    const stay = () => {
      if (isAttended()) say(urls.admin.orderWatching(orderId))
    }
    const leave = () => say(urls.admin.orderWatchingDeletion(orderId))
    stay()
    const pulse = setInterval(stay, everyMs)
    document.addEventListener('visibilitychange', stay)
    addEventListener('pagehide', leave)
    return () => {
      clearInterval(pulse)
      document.removeEventListener('visibilitychange', stay)
      removeEventListener('pagehide', leave)
      leave()
    }
    // A new token of the same session is as good as the first.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [orderId])
}
