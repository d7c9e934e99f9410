import { Link } from '@remix-run/react'

/** A list of the home page, with a link to all of it. */
export function Section({
  section: { key, heading },
  more,
  children,
}: {
  section: { key: number; heading: string }
  more: string
  children: React.ReactNode
}) {
  const id = `section-${key}`
  return (
    <section aria-labelledby={id}>
      <div className="section-head">
        <h2 id={id} dir="auto">
          {heading}
        </h2>
        <Link to={more}>
          View all<span className="visually-hidden">: {heading}</span>
        </Link>
      </div>
      {children}
    </section>
  )
}

/** Plain text; a blank line starts a paragraph. */
export function Paragraphs({ text }: { text: string }) {
  return text.split(/\n\s*\n/).map((paragraph, index) => (
    <p key={index} dir="auto">
      {paragraph}
    </p>
  ))
}
