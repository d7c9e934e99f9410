import type { paperSize } from '#db/schema/settings.ts'

export type PaperSize = (typeof paperSize.enumValues)[number]

export const paperSizeLabels = { a4: 'A4', letter: 'US Letter' } satisfies Record<PaperSize, string>
