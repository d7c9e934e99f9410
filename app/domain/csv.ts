/** A text, or an amount of the shop itself ("-4.90"), which stays a number. */
type Cell = string | { amount: string }

/** One line of a CSV file, each cell quoted. A file for spreadsheets begins with a BOM, so that they read it as UTF-8. */
export function csvLine(cells: Cell[]): string {
  return `${cells.map((cell) => `"${textOf(cell).replaceAll('"', '""')}"`).join(',')}\r\n`
}

/** One line of a file for other programs: each cell as it is. */
export function exactCsvLine(cells: string[]): string {
  return `${cells.map((cell) => (/[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`
}

/** A spreadsheet would run a text that begins with one of these as a formula. */
function textOf(cell: Cell): string {
  if (typeof cell !== 'string') return cell.amount
  return /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
}
