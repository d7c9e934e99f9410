import { useEffect, useRef } from 'react'
import { filtersOf } from '#app/domain/storefront/facets.ts'
import type { Listing } from '#app/domain/storefront/listing.ts'
import { useSubmitListing } from './listing-view.ts'

const pauseMs = 400

/**
 * The fields of a list's filters beside it. With JavaScript a change applies after a short pause, and the fields stay
 * the same elements, so the focus stays where it is. Without, there is a button, and narrow screens can close it.
 */
export function FilterSidebar({
  label,
  listing,
  isRunning,
  children,
}: {
  label: React.ReactNode
  listing: Listing
  /** JavaScript runs and the screen is wide. */
  isRunning: boolean
  children: React.ReactNode
}) {
  const fields = useRef<HTMLDivElement>(null)
  useApplyOnChange(fields, JSON.stringify(filtersOf(listing)), isRunning)
  return (
    <details className="filters__more" open={isRunning || undefined}>
      <summary>{label}</summary>
      <div ref={fields} role="group" aria-label="Filters">
        {children}
        {!isRunning && <button className="button button--primary">Show products</button>}
      </div>
    </details>
  )
}

/** The URL is the state: when its filters change by other means, the fields follow it. */
function useApplyOnChange(fields: React.RefObject<HTMLElement>, filters: string, isRunning: boolean) {
  const submit = useLatest(useSubmitListing())
  const timer = useRef<ReturnType<typeof setTimeout>>()
  /** The last change of the URL is ours, so newer changes of the fields are kept. */
  const isOurs = useRef(false)

  useEffect(() => {
    const area = fields.current
    if (!isRunning || !area) return
    // React's own onChange is called while text is typed; this event when it is complete.
    const onChange = () => {
      clearTimeout(timer.current)
      timer.current = setTimeout(() => {
        timer.current = undefined
        isOurs.current = true
        submit.current(area.closest('form')!)
      }, pauseMs)
    }
    area.addEventListener('change', onChange)
    return () => {
      area.removeEventListener('change', onChange)
      clearTimeout(timer.current)
      timer.current = undefined
    }
  }, [fields, isRunning, submit])

  useEffect(() => {
    const hasNewer = timer.current !== undefined && isOurs.current
    isOurs.current = false
    if (!isRunning || hasNewer) return
    clearTimeout(timer.current)
    timer.current = undefined
    for (const input of fields.current?.querySelectorAll('input') ?? []) {
      input.checked = input.defaultChecked
      input.value = input.defaultValue
    }
  }, [fields, filters, isRunning])
}

function useLatest<T>(value: T) {
  const latest = useRef(value)
  useEffect(() => {
    latest.current = value
  })
  return latest
}
