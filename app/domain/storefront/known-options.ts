/** What search engines understand of a product's options. */
export type KnownOption = 'color' | 'size' | 'material' | 'pattern'

/** Names in the languages in which stores often have them. */
const spellings: Record<KnownOption, RegExp> = {
  color: /^(colou?r|farbe|couleur|colore|kleur|cor|kolor)$/i,
  size: /^(size|größe|groesse|taille|talla|taglia|maat|tamanho|rozmiar)$/i,
  material: /^(material|materiale|matière|materiaal|materiał)$/i,
  pattern: /^(pattern|muster|motif|fantasia|patroon|padrão|wzór)$/i,
}

/** Null for an option that has no meaning of its own. */
export function knownOption(name: string): KnownOption | null {
  const found = Object.entries(spellings).find(([, names]) => names.test(name.trim()))
  return found ? (found[0] as KnownOption) : null
}
