/** Dark on light in both color schemes, so that cameras can read it. */
export function QrCode({ squares }: { squares: boolean[][] }) {
  const path = squares
    .flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : [])))
    .join('')
  return (
    <svg
      className="qr-code"
      viewBox={`0 0 ${squares.length} ${squares.length}`}
      role="img"
      aria-label="QR code of the setup key, shown as text below"
      shapeRendering="crispEdges"
    >
      <path d={path} fill="#000" />
    </svg>
  )
}
