import { Icon, type IconName } from './icons.tsx'

/** A list with nothing in it: why, and the way on. */
export function Blank({
  icon = 'empty',
  title,
  level: Heading = 'h2',
  children,
}: {
  icon?: IconName
  title: string
  /** h1 where this is the whole page. */
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
