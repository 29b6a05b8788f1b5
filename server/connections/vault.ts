import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { fail } from '#nodes/kit/failure.ts'
import { Json } from '#nodes/kit/json.ts'

/** Whose secret it is. Bound into the encryption, so that a sealed text moved to another row does not open. */
export interface SealedFor {
  tenantId: string
  id: string
}

/** Encrypts the fields of connections. The only code that sees them besides the runtime's way out to the network. */
export interface Vault {
  seal(owner: SealedFor, fields: Json): Buffer
  open(owner: SealedFor, sealed: Uint8Array): Json
}

const KEY_ID_BYTES = 4
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** The first secret seals; all of them open, so that a secret can be replaced without losing what it sealed. */
export function createVault(secret: string, formerSecrets: readonly string[] = []): Vault {
  const current = keyFrom(secret)
  const keys = new Map([...formerSecrets.map(keyFrom), current].map((key) => [key.id.toString('hex'), key]))

  return {
    seal(owner, fields) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', current.bytes, nonce).setAAD(boundTo(owner))
      const text = Buffer.concat([cipher.update(JSON.stringify(fields), 'utf8'), cipher.final()])
      return Buffer.concat([current.id, nonce, cipher.getAuthTag(), text])
    },

    open(owner, sealed) {
      const parts = split(Buffer.from(sealed))
      const key = keys.get(parts.keyId)
      if (!key) throw unreadable('it was stored with another TRAMA_SECRET')
      const decipher = createDecipheriv('aes-256-gcm', key.bytes, parts.nonce, { authTagLength: TAG_BYTES })
      decipher.setAAD(boundTo(owner)).setAuthTag(parts.tag)
      try {
        const text = Buffer.concat([decipher.update(parts.text), decipher.final()]).toString('utf8')
        return Json.parse(JSON.parse(text))
      } catch {
        throw unreadable('what is stored was changed')
      }
    },
  }
}

function keyFrom(secret: string) {
  const bytes = Buffer.from(hkdfSync('sha256', secret, 'trama', 'connection-vault/1', 32))
  // Names the key without telling anything about it.
  const id = createHash('sha256').update('key-id').update(bytes).digest().subarray(0, KEY_ID_BYTES)
  return { id, bytes }
}

function boundTo({ tenantId, id }: SealedFor) {
  return Buffer.from(JSON.stringify([tenantId, id]))
}

function split(sealed: Buffer) {
  const tagAt = KEY_ID_BYTES + NONCE_BYTES
  const textAt = tagAt + TAG_BYTES
  if (sealed.length < textAt) throw unreadable('what is stored was changed')
  return {
    keyId: sealed.subarray(0, KEY_ID_BYTES).toString('hex'),
    nonce: sealed.subarray(KEY_ID_BYTES, tagAt),
    tag: sealed.subarray(tagAt, textAt),
    text: sealed.subarray(textAt),
  }
}

function unreadable(why: string) {
  return fail(
    'connection_unreadable',
    `The secret of this connection cannot be read: ${why}. Enter it again.`,
  )
}
