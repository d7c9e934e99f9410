import { Icon, type IconName } from './icons.tsx'

/** A list with nothing in it: why, and the way on. */
export function Blank({
  icon = 'empty',
  title,
  children,
}: {
  icon?: IconName
  title: string
  children?: React.ReactNode
}) {
  return (
    <div className="blank">
      <Icon name={icon} />
      <h2>{title}</h2>
      {children}
    </div>
  )
}
