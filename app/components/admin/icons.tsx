/** Icons on a 24 px grid with one stroke width; always next to text or inside a labelled control. */

const paths = {
  home: 'M4 11 12 4l8 7M6 9.5V20h12V9.5M10 20v-6h4v6',
  bell: 'M6 16.5V11a6 6 0 0 1 12 0v5.5L19.5 18h-15ZM10 20.5a2.2 2.2 0 0 0 4 0',
  orders: 'M6 3h12v18l-3-2-3 2-3-2-3 2V3ZM9.5 8h5M9.5 12h5',
  products: 'm12 3 8.5 4.5v9L12 21l-8.5-4.5v-9L12 3ZM3.5 7.5 12 12l8.5-4.5M12 12v9',
  collections: 'M4 6h7v7H4ZM13 11h7v7h-7ZM14.5 4h5v5M4.5 16v4h5',
  promotions: 'M4 4h8l8.5 8.5-8 8L4 12V4ZM8.5 8.5h.01',
  reviews: 'M12 3.6l2.6 5.3 5.8.8-4.2 4.1 1 5.8L12 16.9l-5.2 2.7 1-5.8L3.6 9.7l5.8-.8Z',
  layout: 'M4 4h16v7H4ZM4 14h7v6H4ZM14 14h6v6h-6Z',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM15.5 15.5 20 20',
  imports: 'M12 3v12m-5-5 5 5 5-5M4 16v4h16v-4',
  customers:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 20a6.5 6.5 0 0 1 13 0M16 4.5a3.5 3.5 0 0 1 0 6.5M18 14a6.5 6.5 0 0 1 3.5 6',
  staff: 'M12 3 4.5 6v5c0 4.5 3 8 7.5 10 4.5-2 7.5-5.5 7.5-10V6L12 3ZM9 11.500l2.2 2.2 4-4.2',
  activity: 'M12 4a8 8 0 1 1-7.5 5.2M4 4v5h5M12 8v4.500l3 2',
  lock: 'M6 11h12v9H6ZM8.5 11V8a3.5 3.5 0 0 1 7 0v3M12 14.500v2',
  emails: 'M3 6h18v12H3ZM3.5 6.5 12 13l8.5-6.5',
  settings:
    'M4 7h10M18 7h2M4 17h2M10 17h10M14 7a2 2 0 1 0 4 0 2 2 0 0 0-4 0ZM6 17a2 2 0 1 0 4 0 2 2 0 0 0-4 0Z',
  shop: 'M4 10v10h16V10M3 10l2-6h14l2 6M3 10a3 3 0 0 0 6 0 3 3 0 0 0 6 0 3 3 0 0 0 6 0',
  out: 'M14 4h5v16h-5M4 12h11m-4-4 4 4-4 4',
  menu: 'M4 8h16M4 16h16',
  globe: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM3 12h18M12 3c5 5.5 5 12.500 0 18M12 3c-5 5.500-5 12.500 0 18',
  redirect: 'M5 6v6a4 4 0 0 0 4 4h10m-4-4 4 4-4 4',
  report: 'M5 20V11M12 20V4M19 20v-6',
  right: 'm9 5 7 7-7 7',
  up: 'm5 15 7-7 7 7',
  down: 'm5 9 7 7 7-7',
  plus: 'M12 5v14M5 12h14',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  money: 'M3 6h18v12H3ZM12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5ZM6 9v6M18 9v6',
  parcel: 'M4 8v12h16V8M4 8l2-4h12l2 4H4ZM9.5 12h5',
  low: 'M4 6l6 6 4-4 6 8m0-5v5h-5',
  image: 'M3 5h18v14H3ZM3 16l5-5 5 5 3-3 5 4M15.5 9.5h.01',
  draft: 'M6 3h8l5 5v13H6ZM14 3v5h5M9.5 13h6M9.5 17h4',
  note: 'M4 5h16v11h-8l-5 4v-4H4Z',
  cross: 'm6 6 12 12M18 6 6 18',
  external: 'M9 5H5v14h14v-4M13 4h7v7M20 4l-9 9',
  empty: 'M4 13h4l1.5 3h5L16 13h4M4 13l3-8h10l3 8v6H4Z',
} as const

export type IconName = keyof typeof paths

export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      aria-hidden="true"
      width="20"
      height="20"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={paths[name]} />
    </svg>
  )
}
