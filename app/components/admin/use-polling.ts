import { useRevalidator } from '@remix-run/react'
import { useEffect } from 'react'

const usualMs = 1500

/** Revalidates the page's data repeatedly while a job is running. */
export function usePolling(isWorking: boolean, everyMs = usualMs): void {
  const { revalidate, state } = useRevalidator()
  useEffect(() => {
    if (!isWorking || state !== 'idle') return
    const timer = setTimeout(revalidate, everyMs)
    return () => clearTimeout(timer)
  }, [isWorking, everyMs, revalidate, state])
}
