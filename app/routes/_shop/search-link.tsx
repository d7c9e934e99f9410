import { Link, useLocation, useNavigation } from '@remix-run/react'
import { useEffect, useState } from 'react'
import { CloseIcon, SearchIcon } from '#app/components/icons.tsx'
import { Modal } from '#app/components/modal.tsx'
import { SearchField } from '#app/components/search/search-field.tsx'
import { urls } from '#app/urls.ts'

/** Opens the search above the page; without JavaScript a link to the search page. */
export function SearchLink() {
  const { key, pathname } = useLocation()
  // A page that is still being loaded when the search is opened does not close it; the one after that does.
  const next = useNavigation().location
  const [openOn, setOpenOn] = useState<(string | undefined)[]>([])
  useEffect(() => setOpenOn((pages) => (pages.includes(key) ? pages : [])), [key])
  return (
    <>
      <Link
        to={urls.search()}
        className="header__link"
        aria-label="Search"
        onClick={(event) => {
          const opensElsewhere = event.metaKey || event.ctrlKey || event.shiftKey
          if (opensElsewhere || pathname === urls.search()) return
          event.preventDefault()
          setOpenOn([key, next?.key])
        }}
      >
        <SearchIcon />
      </Link>
      {openOn.includes(key) && (
        <Modal label="Search" className="search-sheet" onClose={() => setOpenOn([])}>
          <div className="search-sheet__inner page">
            <SearchField label="Search the store" placeholder="Search" />
            <form method="dialog">
              <button className="icon-button" aria-label="Close search">
                <CloseIcon />
              </button>
            </form>
          </div>
        </Modal>
      )}
    </>
  )
}
