import { Placeholder } from './placeholder.tsx'

/** A page, or part of one, that has nothing to show: a drawing, a sentence, a way on. */
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
        <Placeholder of={art} />
      </div>
      <div className="empty__words">
        <Heading tabIndex={Heading === 'h1' ? -1 : undefined}>{title}</Heading>
        {children}
      </div>
    </section>
  )
}
