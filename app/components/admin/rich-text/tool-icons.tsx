const icon = (path: string) => (
  <svg aria-hidden="true" width="20" height="20" viewBox="0 0 24 24">
    <path d={path} />
  </svg>
)

export const icons = {
  paragraph: icon('M12 20V4h5v16M17 4H9.5a4 4 0 0 0 0 8H12'),
  link: icon(
    'M10 14a4 4 0 0 0 5.700 0l3.100-3.100a4 4 0 0 0-5.700-5.700L12 6.300M14 10a4 4 0 0 0-5.700 0l-3.100 3.100a4 4 0 0 0 5.700 5.700L12 17.700',
  ),
  bullets: icon('M9 6h11M9 12h11M9 18h11M4.500 6h.01M4.500 12h.01M4.500 18h.01'),
  numbers: icon(
    'M10 6h10M10 12h10M10 18h10M4 4.500 5.500 4v4M4 14.500a1.200 1.200 0 0 1 2.400 0c0 1-2.400 2-2.400 3.500h2.500',
  ),
  clear: icon('M6 5h13M12.500 5 10 19M4 4l16 16M7.500 19h5'),
  undo: icon('M8 5 4 9l4 4M4 9h10a5 5 0 0 1 0 10h-4'),
  redo: icon('m16 5 4 4-4 4M20 9H10a5 5 0 0 0 0 10h4'),
}
