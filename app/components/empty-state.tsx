import { Placeholder } from './placeholder.tsx'

/** The empty state of a page or section: a drawing, a sentence, a link. */
export function EmptyState({
  art,
  title,
  level: Heading = 'h2',
  children,
}: {
  art: string
  title: string
  level?: 'h1' | 'h2'
  children: React.ReactNode
}) {
  return (
    <section className="empty">
      <div className="empty__art">
        <Placeholder seed={art} />
      </div>
      <div className="empty__words">
        <Heading tabIndex={Heading === 'h1' ? -1 : undefined}>{title}</Heading>
        {children}
      </div>
    </section>
  )
}
