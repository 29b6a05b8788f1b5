import { createHash } from 'node:crypto'
import { fail } from '#nodes/kit/failure.ts'
import { cleanName } from './clean-name.ts'

export const MAX_FILE_BYTES = 25 * 1024 * 1024

export interface NewFile {
  name: string
  type: string
  bytes: Uint8Array
}

const TYPE = /^[\w!#$&^.+-]{1,100}\/[\w!#$&^.+-]{1,90}$/

/** A file as it is stored: its name is only ever shown, and its type only ever repeated. */
export function newFile({ name, type, bytes }: NewFile) {
  if (bytes.length > MAX_FILE_BYTES)
    throw fail('file_too_large', `A file has at most ${MAX_FILE_BYTES / 1024 / 1024} MB`)
  const media = type.split(';')[0]?.trim().toLowerCase() ?? ''
  return {
    name: cleanName(name),
    type: TYPE.test(media) ? media : 'application/octet-stream',
    size: bytes.length,
    sha256: createHash('sha256').update(bytes).digest(),
    content: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length),
  }
}

export function storageFull(megabytes: number) {
  return fail(
    'storage_full',
    `The team’s files would take more than its ${megabytes} MB. Ask an administrator of the installation for more.`,
  )
}
