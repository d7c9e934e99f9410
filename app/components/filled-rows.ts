/** For grids whose rows have no hole, whatever the number of items. */

type Columns = { narrow: number; medium: number; wide: number }

/** How many items are in each row: as equal as possible, at most `columns`, the shorter rows first. */
export function rowSizes(count: number, columns: number): number[] {
  const rows = Math.ceil(count / columns)
  const size = Math.floor(count / rows)
  const longer = count - rows * size
  return Array.from({ length: rows }, (_, index) => (index < rows - longer ? size : size + 1))
}

/** For each item, how many are in its row at each width of the page: the attributes that filled-grid.css reads. */
export function filledRows(count: number, columns: Columns) {
  const [narrow, medium, wide] = [columns.narrow, columns.medium, columns.wide].map((most) =>
    rowSizes(count, most).flatMap((size) => Array.from({ length: size }, () => size)),
  )
  return Array.from({ length: count }, (_, index) => ({
    'data-narrow': narrow![index]!,
    'data-medium': medium![index]!,
    'data-wide': wide![index]!,
  }))
}

export type FilledRow = ReturnType<typeof filledRows>[number]

/** The width of an item's image, for its `sizes`. */
export function filledSizes(row: FilledRow): string {
  const share = (size: number) => `${Math.round(94 / size)}vw`
  return `(min-width: 90rem) ${Math.round(84 / row['data-wide'])}rem, (min-width: 72rem) ${share(row['data-wide'])}, (min-width: 44rem) ${share(row['data-medium'])}, ${share(row['data-narrow'])}`
}
