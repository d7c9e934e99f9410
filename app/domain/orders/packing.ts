type PackedLine = { quantity: number; fulfilledQuantity: number; requiresShipping: boolean }

/** What a packing slip lists: what is not shipped yet, or everything once all of it is. */
export function linesToPack<Line extends PackedLine>(lines: Line[]): (Line & { toPack: number })[] {
  const physical = lines.filter((line) => line.requiresShipping)
  const isShipped = physical.every((line) => line.fulfilledQuantity >= line.quantity)
  return physical
    .map((line) => ({ ...line, toPack: isShipped ? line.quantity : line.quantity - line.fulfilledQuantity }))
    .filter(({ toPack }) => toPack > 0)
}
