import { useRevalidator } from '@remix-run/react'
import { useEffect } from 'react'

const usualMs = 1500

/** Loads the page's data again and again while a job is at work on what it shows. */
export function useRepeatedLoad(isWorking: boolean, everyMs = usualMs): void {
  const { revalidate, state } = useRevalidator()
  useEffect(() => {
    if (!isWorking || state !== 'idle') return
    const timer = setTimeout(revalidate, everyMs)
    return () => clearTimeout(timer)
  }, [isWorking, everyMs, revalidate, state])
}
