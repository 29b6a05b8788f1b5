import { type FileRef, type Files, fail, type HttpReply } from '../kit/index.ts'

/** Keeps what was answered as a file, named as the server or the address names it. */
export async function keep(
  reply: HttpReply,
  { url, files }: { url: string; files: Files },
): Promise<FileRef> {
  if (!reply.bytes) throw fail('no_file', `The address answered with status ${reply.status} and no file.`)
  const type = reply.headers['content-type'] ?? 'application/octet-stream'
  return files.write({
    name: nameOf(reply.headers['content-disposition'] ?? '', url),
    type,
    bytes: reply.bytes,
  })
}

function nameOf(disposition: string, url: string): string {
  const extended = /filename\*\s*=\s*UTF-8''([^;\s]+)/i.exec(disposition)?.[1]
  const plain = /filename\s*=\s*(?:"([^"]*)"|([^;\s]+))/i.exec(disposition)
  const last = new URL(url).pathname.split('/').at(-1)
  return decoded(extended ?? '') || plain?.[1] || plain?.[2] || decoded(last ?? '') || 'download'
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
