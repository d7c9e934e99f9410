import { Link } from '@remix-run/react'
import type { PaperSize } from '#app/domain/settings/paper-sizes.ts'
import screenStyles from '#app/styles/document.css?url'
import printStyles from '#app/styles/document-print.css?url'
import { PrintButton } from './print-button.tsx'

/** The styles of a route with a document. */
export const documentLinks = () => [
  { rel: 'stylesheet', href: screenStyles },
  { rel: 'stylesheet', href: printStyles },
]

type Frame = { back: { to: string; label: string }; paper: PaperSize }

/** A page that is printed: a sheet of paper on the screen, and nothing else on paper. */
export function DocumentPage({ children, ...frame }: Frame & { children: React.ReactNode }) {
  return <DocumentPages {...frame} pages={[{ key: 0, page: children }]} />
}

/** The same for several documents, each on a sheet of its own. */
export function DocumentPages({
  back,
  paper,
  pages,
}: Frame & { pages: { key: number; page: React.ReactNode }[] }) {
  return (
    <div className="document-page">
      <div className="document-page__bar no-print">
        <Link to={back.to}>{back.label}</Link>
        <PrintButton />
      </div>
      {pages.map(({ key, page }) => (
        <article key={key} className={`document document--${paper}`}>
          {page}
        </article>
      ))}
    </div>
  )
}

/** Who it is from, what it is, and the facts of it. */
export function DocumentHead({
  seller,
  title,
  children,
}: {
  seller: { name: string; address: string; taxNumber?: string }
  title: string
  children?: React.ReactNode
}) {
  return (
    <header className="document__head">
      <div>
        <h1 tabIndex={-1} dir="auto">
          {title}
        </h1>
        {children}
      </div>
      <address className="document__seller">
        <b>
          <bdi>{seller.name}</bdi>
        </b>
        {seller.address && (
          <span>
            <bdi>{seller.address}</bdi>
          </span>
        )}
        {seller.taxNumber && (
          <span>
            <bdi>{seller.taxNumber}</bdi>
          </span>
        )}
      </address>
    </header>
  )
}

/** An address under its heading. */
export function DocumentAddress({ title, lines }: { title: string; lines: string[] }) {
  return (
    <section className="document__party">
      <h2>{title}</h2>
      <address dir="auto">
        {lines.map((line, index) => (
          <span key={index}>
            <bdi>{line}</bdi>
          </span>
        ))}
      </address>
    </section>
  )
}

/** Names and values; one without a value is left out. */
export function DocumentFacts({ facts }: { facts: [name: string, value: string][] }) {
  return (
    <dl className="document__facts">
      {facts
        .filter(([, value]) => value)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
    </dl>
  )
}
