import { Icon, type IconName } from './icons.tsx'

/** The empty state of a list: the reason, and what to do next. */
export function EmptyState({
  icon = 'empty',
  title,
  level: Heading = 'h2',
  children,
}: {
  icon?: IconName
  title: string
  /** h1 where the empty state is the whole page. */
  level?: 'h1' | 'h2'
  children?: React.ReactNode
}) {
  return (
    <div className="blank">
      <Icon name={icon} />
      <Heading>{title}</Heading>
      {children}
    </div>
  )
}
