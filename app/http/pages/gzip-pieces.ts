import { promisify } from 'node:util'
import { constants, crc32, deflateRaw, deflateRawSync } from 'node:zlib'
import { ownBytes } from './own-bytes.ts'

/**
 * A piece of a body, as text and as deflate blocks (RFC 1951) that end on a byte and refer to nothing outside of them:
 * pieces compressed once, in any order, make one gzip file (RFC 1952).
 */
export type Piece = { plain: Buffer; packed: Buffer }

const deflate = promisify(deflateRaw)
const options = { level: 6, finishFlush: constants.Z_FULL_FLUSH }
/** Below this size the blocks would be no smaller than the text. */
const worthPacking = 64

export async function packPiece(plain: Buffer): Promise<Piece> {
  return { plain, packed: plain.length < worthPacking ? stored(plain) : await deflate(plain, options) }
}

/** For what is new with each user or each response. */
export function packSmallPiece(text: string): Piece {
  const plain = Buffer.from(text)
  return { plain, packed: plain.length < 300 ? stored(plain) : deflateRawSync(plain, options) }
}

/** The pieces in memory of their own, for as long as they are cached. */
export function ownPieces(pieces: Piece[]): Piece[] {
  const bytes = ownBytes(pieces.flatMap(({ plain, packed }) => [plain, packed]))
  return pieces.map((_, index) => ({ plain: bytes[2 * index]!, packed: bytes[2 * index + 1]! }))
}

const head = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff])
const lastBlock = Buffer.from([1, 0, 0, 0xff, 0xff])

/** The pieces as one gzip file. */
export function joinGzipPieces(pieces: Piece[]): Buffer {
  const parts: Buffer[] = [head]
  let checksum = 0
  let length = 0
  for (const { plain, packed } of pieces) {
    parts.push(packed)
    checksum = crc32(plain, checksum)
    length += plain.length
  }
  const tail = Buffer.allocUnsafe(8)
  tail.writeUInt32LE(checksum, 0)
  tail.writeUInt32LE(length % 2 ** 32, 4)
  parts.push(lastBlock, tail)
  return Buffer.concat(parts)
}

/** Uncompressed, in a stored block. */
function stored(plain: Buffer): Buffer {
  if (plain.length === 0) return plain
  const header = Buffer.from([0, 0, 0, 0, 0])
  header.writeUInt16LE(plain.length, 1)
  header.writeUInt16LE(plain.length ^ 0xffff, 3)
  return Buffer.concat([header, plain])
}
