import { placeholderArt } from './placeholder-art.ts'

/**
 * A drawing in place of a missing image. 400 by 500, cropped to the frame; the middle 300 by 300 is always visible.
 * Colors come from image.css, so it follows the color scheme.
 */
export function Placeholder({ seed }: { seed: string }) {
  const art = placeholderArt(seed)
  const turn = art.isMirrored ? 'translate(400 0) scale(-1 1)' : undefined
  return (
    <svg
      className={`placeholder ph-${art.palette}`}
      viewBox="0 0 400 500"
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
      focusable="false"
    >
      <rect className="a" width="400" height="500" />
      <g transform={turn}>{drawings[art.motif]!(art.shift * 9)}</g>
    </svg>
  )
}

const table = <rect className="b" y="372" width="400" height="128" />

const drawings: ((shift: number) => React.ReactNode)[] = [
  // A vase with two leaves in front of a low sun.
  (x) => (
    <>
      <circle className="b" cx={262 + x} cy="196" r="92" />
      {table}
      <path className="e" strokeWidth="5" d="M176 262C176 210 168 168 150 128M178 262c4-40 22-76 52-98" />
      <path
        className="d"
        d="M150 128c-26-6-40-26-40-54 28 6 42 24 40 54ZM230 164c2-28 20-44 48-46-2 30-20 46-48 46Z"
      />
      <path
        className="c"
        d="M158 258h40v26c30 20 40 44 40 70 0 32-22 56-60 56s-60-24-60-56c0-26 10-50 40-70Z"
      />
    </>
  ),
  // An arch and its shadow.
  (x) => (
    <>
      {table}
      <path className="b" d="M92 412V214a108 108 0 0 1 216 0v198Z" />
      <path className="c" d={`M${132 + x} 412V228a76 76 0 0 1 152 0v184Z`} />
      <circle className="d" cx={208 + x} cy="352" r="60" />
    </>
  ),
  // Stacked pebbles.
  (x) => (
    <>
      {table}
      <ellipse className="c" cx="200" cy="372" rx="112" ry="44" />
      <ellipse className="d" cx={194 + x} cy="296" rx="78" ry="35" />
      <ellipse className="c" cx={206 + x} cy="233" rx="56" ry="30" />
      <ellipse className="d" cx="200" cy="184" rx="30" ry="21" />
    </>
  ),
  // Hills in the evening.
  (x) => (
    <>
      <circle className="c" cx={256 + x} cy="190" r="62" />
      <path className="b" d="M0 300c70-60 140-70 210-26s130 36 190-10v236H0Z" />
      <path className="d" opacity=".85" d="M0 372c90-50 170-40 240-8s110 26 160 4v132H0Z" />
    </>
  ),
  // A bowl with fruit.
  (x) => (
    <>
      {table}
      <circle className="d" cx={158 + x} cy="270" r="40" />
      <circle className="c" cx={238 + x} cy="262" r="46" />
      <path className="b" d="M84 284h232c0 68-46 112-92 122h-48c-46-10-92-54-92-122Z" />
      <path className="d" opacity=".9" d="M92 330h216c-16 44-52 70-84 76h-48c-32-6-68-32-84-76Z" />
    </>
  ),
  // A branch.
  (x) => (
    <>
      <circle className="b" cx={206 + x} cy="250" r="148" />
      <path className="e" strokeWidth="5" strokeLinecap="round" d="M198 424c-8-96 0-190 26-292" />
      <path
        className="d"
        d="M196 370c-46 2-74-18-84-58 46-2 74 18 84 58ZM198 300c-40-2-64-22-70-58 42 2 66 22 70 58ZM206 236c-32-8-48-28-48-58 34 8 50 28 48 58Z"
      />
      <path
        className="c"
        d="M200 340c46-6 70-30 74-72-46 6-72 30-74 72ZM204 270c40-6 62-28 66-64-42 6-64 28-66 64ZM216 196c32-10 48-30 46-60-34 10-50 30-46 60Z"
      />
    </>
  ),
  // Quarter circles on a board.
  () => (
    <>
      <rect className="b" x="80" y="130" width="120" height="120" />
      <path className="c" d="M200 130h120a120 120 0 0 1-120 120Z" />
      <path className="d" d="M80 250h120v120A120 120 0 0 1 80 250Z" />
      <rect className="b" x="200" y="250" width="120" height="120" />
      <circle className="c" cx="260" cy="310" r="36" />
      <circle className="d" cx="140" cy="190" r="36" />
    </>
  ),
  // Two bottles and a cup.
  (x) => (
    <>
      {table}
      <path className="c" d="M128 200h36v56c22 12 30 30 30 54v96H98v-96c0-24 8-42 30-54Z" />
      <path className="d" d={`M${226 + x} 262h22v42c16 10 24 24 24 44v58h-70v-58c0-20 8-34 24-44Z`} />
      <circle className="b" cx="290" cy="176" r="46" />
      <path className="c" opacity=".75" d="M282 360h62c0 32-12 46-25 50h-12c-13-4-25-18-25-50Z" />
    </>
  ),
  // Half moons.
  (x) => (
    <>
      <path className="b" d="M70 250a130 130 0 0 1 260 0Z" />
      <path className="c" d={`M${110 + x} 250a90 90 0 0 0 180 0Z`} />
      <path className="d" d="M150 396a50 50 0 0 1 100 0Z" />
      <circle className="d" cx="200" cy="206" r="26" />
    </>
  ),
  // Stripes, a circle, a block.
  (x) => (
    <>
      {table}
      <rect className="b" x="96" y="120" width="208" height="292" rx="6" />
      <rect className="c" x="118" y="142" width="164" height="118" rx="4" />
      <circle className="d" cx={200 + x} cy="330" r="46" />
      <path className="d" d="M118 201h164v59H118Z" opacity=".9" />
    </>
  ),
]
