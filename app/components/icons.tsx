/** Icons on a 24 px grid with one stroke width; always next to text or inside a labelled control. */
function Icon({
  children,
  size = 20,
  className,
}: {
  children: React.ReactNode
  size?: number
  className?: string
}) {
  return (
    <svg
      aria-hidden="true"
      className={className}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {children}
    </svg>
  )
}

export const BagIcon = () => (
  <Icon>
    <path d="M5 8h14l1 12.5H4L5 8Z" />
    <path d="M8.5 10.5V7a3.5 3.5 0 0 1 7 0v3.5" />
  </Icon>
)

export const SearchIcon = () => (
  <Icon>
    <circle cx="10.5" cy="10.5" r="6" />
    <path d="m15 15 5 5" />
  </Icon>
)

export const PersonIcon = () => (
  <Icon>
    <circle cx="12" cy="8" r="3.75" />
    <path d="M4.5 20.5c.6-4.2 3.4-6.25 7.5-6.25s6.9 2.05 7.5 6.25" />
  </Icon>
)

export const BellIcon = () => (
  <Icon>
    <path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15L6 16.5Z" />
    <path d="M10 20.5a2.2 2.2 0 0 0 4 0" />
  </Icon>
)

export const MenuIcon = () => (
  <Icon>
    <path d="M4 8h16M4 16h16" />
  </Icon>
)

export const CloseIcon = () => (
  <Icon>
    <path d="m6 6 12 12M18 6 6 18" />
  </Icon>
)

export const NoImageIcon = () => (
  <Icon>
    <path d="M8 5h12v12M16.5 19H4V6.5M4 16l4-4 4 4M3 3l18 18" />
  </Icon>
)

export const TruckIcon = () => (
  <Icon>
    <path d="M3 6.5h11v10H3zM14 10h4l3 3.5v3h-7" />
    <circle cx="7" cy="17.5" r="1.75" />
    <circle cx="17" cy="17.5" r="1.75" />
  </Icon>
)

export const ReturnIcon = () => (
  <Icon>
    <path d="M8 5 4 9l4 4M4 9h10a5.5 5.5 0 0 1 0 11H8" />
  </Icon>
)

export const FilterIcon = () => (
  <Icon>
    <path d="M4 8h9m4 0h3M4 16h3m4 0h9" />
    <circle cx="15" cy="8" r="2" />
    <circle cx="9" cy="16" r="2" />
  </Icon>
)

export const ArrowIcon = ({ back = false }: { back?: boolean }) => (
  <Icon size={16} className="arrow">
    {back ? <path d="M20 12H4m6-6-6 6 6 6" /> : <path d="M4 12h16m-6-6 6 6-6 6" />}
  </Icon>
)

export const MinusIcon = () => (
  <Icon size={16}>
    <path d="M5 12h14" />
  </Icon>
)

export const PlusIcon = () => (
  <Icon size={16}>
    <path d="M5 12h14M12 5v14" />
  </Icon>
)
