import { useFetcher } from '@remix-run/react'
import { Fragment, useEffect, useRef, useState } from 'react'
import { formatCount } from '#app/domain/intl.ts'
import type { Facets } from '#app/domain/storefront/facets.ts'
import { CloseIcon } from './icons.tsx'
import { useListingPlace } from './listing-view.ts'

const pauseMs = 200

/**
 * The fields of a list's filters above the page. The button applies them. It says how many products they leave, and
 * each value how many it would, as counted by the page that the button leads to. Closing the sheet discards changes.
 */
export function FilterSheet({
  label,
  facets,
  count,
  children,
}: {
  label: React.ReactNode
  facets: Facets
  count: number
  children: (facets: Facets) => React.ReactNode
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  /** A new round puts the fields back to what the page shows. */
  const [round, setRound] = useState(0)
  const counter = useCounter(useListingPlace().path)
  const shown = counter.counted ?? { facets, count }
  const close = () => dialog.current?.close()
  return (
    <>
      <button
        type="button"
        className="filters__open"
        aria-haspopup="dialog"
        onClick={() => dialog.current?.showModal()}
      >
        {label}
      </button>
      {/* eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- a click on the backdrop; the keyboard has Escape */}
      <dialog
        ref={dialog}
        className="drawer"
        aria-labelledby="filter-title"
        onClick={(event) => event.target === dialog.current && close()}
        onChange={(event) => counter.countFor((event.target as unknown as HTMLInputElement).form!)}
        onClose={() => {
          setRound(round + 1)
          counter.clear()
        }}
      >
        <div className="drawer__inner">
          <header className="drawer__head">
            <h2 id="filter-title">Filter</h2>
            <button type="button" className="icon-button" aria-label="Close the filters" onClick={close}>
              <CloseIcon />
            </button>
          </header>
          <div className="drawer__fields">
            <Fragment key={round}>{children(shown.facets)}</Fragment>
          </div>
          <footer className="drawer__foot">
            <button
              className="button button--primary button--large button--wide"
              aria-busy={counter.isBusy}
              onClick={close}
            >
              Show {formatCount(shown.count, 'product')}
            </button>
          </footer>
        </div>
      </dialog>
    </>
  )
}

type Counted = { facets: Facets; count: number }

/** Counts what the fields of a form would show, once they have not changed for a moment. */
function useCounter(path: string) {
  const fetcher = useFetcher<Counted | { list: Counted }>()
  const [isChanged, setChanged] = useState(false)
  const [isWaiting, setWaiting] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>()
  useEffect(() => () => clearTimeout(timer.current), [])
  const page = fetcher.data
  return {
    counted: isChanged && page ? ('list' in page ? page.list : page) : null,
    isBusy: isChanged && (isWaiting || fetcher.state !== 'idle'),
    countFor(form: HTMLFormElement) {
      const fields = [...new FormData(form)].map(([name, value]) => [name, String(value)])
      clearTimeout(timer.current)
      setWaiting(true)
      timer.current = setTimeout(() => {
        setChanged(true)
        setWaiting(false)
        fetcher.load(`${path}?${new URLSearchParams(fields)}`)
      }, pauseMs)
    },
    clear() {
      clearTimeout(timer.current)
      setWaiting(false)
      setChanged(false)
    },
  }
}
