/** The address form of a product's name, in any script: "Blue Shirt / XL" -> "blue-shirt-xl". Empty when nothing is left. */
export function toHandle(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s/?#&%"'’<>\\|:;,.!()[\]{}+*=@]+/g, '-')
    .replace(/-{2,}/g, '-')
    .replace(/^-+|-+$/g, '')
}
