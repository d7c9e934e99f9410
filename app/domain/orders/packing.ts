export type LineUnits = {
  quantity: number
  fulfilledQuantity: number
  refundedQuantity: number
  /** Refunded before they were shipped. */
  removedQuantity: number
}

/** Units of a line that can still be shipped. */
export function unitsToShip({ quantity, fulfilledQuantity, removedQuantity }: LineUnits): number {
  return quantity - fulfilledQuantity - removedQuantity
}

/** Units of a line that were shipped and not refunded. */
export function unitsKept({ fulfilledQuantity, refundedQuantity, removedQuantity }: LineUnits): number {
  return fulfilledQuantity - (refundedQuantity - removedQuantity)
}

/** What a packing slip lists: what is not shipped yet, or everything that was shipped once all of it is. */
export function linesToPack<Line extends LineUnits & { requiresShipping: boolean }>(
  lines: Line[],
): (Line & { toPack: number })[] {
  const physical = lines.filter((line) => line.requiresShipping)
  const isShipped = physical.every((line) => unitsToShip(line) === 0)
  return physical
    .map((line) => ({ ...line, toPack: isShipped ? line.fulfilledQuantity : unitsToShip(line) }))
    .filter(({ toPack }) => toPack > 0)
}
