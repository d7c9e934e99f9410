import { useId } from 'react'

/** A titled section of a page. `flush` removes the padding, for tables. */
export function Panel({
  title,
  action,
  flush = false,
  foot,
  children,
}: {
  title?: string
  action?: React.ReactNode
  flush?: boolean
  foot?: React.ReactNode
  children?: React.ReactNode
}) {
  const id = useId()
  return (
    <section className="panel" aria-labelledby={title ? id : undefined}>
      {title && (
        <div className="panel__head">
          <h2 id={id}>{title}</h2>
          {action}
        </div>
      )}
      {children && <div className={flush ? 'panel__body--flush' : 'panel__body'}>{children}</div>}
      {foot && <div className="panel__foot">{foot}</div>}
    </section>
  )
}
