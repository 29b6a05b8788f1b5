import { describe, expect, it } from 'vitest'
import { createVault } from './vault.ts'

const owner = { tenantId: 't1', id: '0198c2f0-0000-7000-8000-000000000001' }
const fields = { header: 'X-Key', value: 'CANARY-é' }

describe('vault', () => {
  it('opens what it sealed and never shows it', () => {
    const vault = createVault('a'.repeat(32))
    const sealed = vault.seal(owner, fields)
    expect(sealed.toString('latin1')).not.toContain('CANARY')
    expect(vault.open(owner, sealed)).toEqual(fields)
  })

  it('seals the same fields differently each time', () => {
    const vault = createVault('a'.repeat(32))
    expect(vault.seal(owner, fields).equals(vault.seal(owner, fields))).toBe(false)
  })

  it.each([
    ['another tenant', { ...owner, tenantId: 't2' }],
    ['another connection', { ...owner, id: '0198c2f0-0000-7000-8000-000000000002' }],
    ['a shifted border between tenant and id', { tenantId: 't1","0198', id: 'c2f0' }],
  ])('does not open for %s', (_, other) => {
    const vault = createVault('a'.repeat(32))
    expect(() => vault.open(other, vault.seal(owner, fields))).toThrow('cannot be read')
  })

  it('does not open what was changed at any byte, or cut', () => {
    const vault = createVault('a'.repeat(32))
    const sealed = vault.seal(owner, fields)
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed)
      changed[at]! ^= 1
      expect(() => vault.open(owner, changed), `byte ${at}`).toThrow('cannot be read')
    }
    expect(() => vault.open(owner, sealed.subarray(0, 20))).toThrow('cannot be read')
  })

  it('opens what a former secret sealed, and seals with the new one', () => {
    const sealedBefore = createVault('a'.repeat(32)).seal(owner, fields)
    const vault = createVault('b'.repeat(32), ['a'.repeat(32)])
    expect(vault.open(owner, sealedBefore)).toEqual(fields)
    expect(createVault('b'.repeat(32)).open(owner, vault.seal(owner, fields))).toEqual(fields)
    expect(() => createVault('b'.repeat(32)).open(owner, sealedBefore)).toThrow('another TRAMA_SECRET')
  })
})
