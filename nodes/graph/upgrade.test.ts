import { expect, test } from 'vitest'
import { findDefinition } from '../catalog.ts'
import { examples } from '../examples/examples.ts'
import { drawing, manual, node } from './checks/drawing.ts'
import { type Upgradable, upgrade } from './upgrade.ts'

/** A node that took `to` in version 1, a list of `to` in version 2, and calls it `recipients` in version 3. */
const mail: Upgradable = {
  version: 3,
  upgrades: {
    1: ({ to, ...rest }) => ({ ...rest, to: [to ?? ''] }),
    2: ({ to, ...rest }) => ({ ...rest, recipients: to ?? [] }),
  },
}
const latest = (type: string) => (type === 'mail.send' ? mail : undefined)
const send = (version: number, params: Parameters<typeof drawing>[0][number]['params']) =>
  drawing([manual(), node('send', 'mail.send', { version, params })], 'start > send')

test('brings a node along, version by version, with its expressions', () => {
  const old = send(1, { to: { expr: 'trigger.email' }, subject: 'Hi' })
  const now = send(3, { recipients: [{ expr: 'trigger.email' }], subject: 'Hi' })
  expect(upgrade(old, latest)).toEqual(now)
  expect(upgrade(send(2, { to: ['a'] }), latest)).toEqual(send(3, { recipients: ['a'] }))
  expect(old).toEqual(send(1, { to: { expr: 'trigger.email' }, subject: 'Hi' }))
})

test('leaves alone what is of today, of tomorrow, unknown, or has no way', () => {
  for (const document of [send(3, {}), send(4, {})]) expect(upgrade(document, latest)).toBe(document)
  const noWay = send(1, {})
  expect(upgrade(noWay, () => ({ version: 2 }))).toBe(noWay)
  expect(upgrade(noWay, () => undefined)).toBe(noWay)
})

test('our own examples are of today', () => {
  const ours = (type: string) => findDefinition(type, 1)
  for (const { document } of examples) expect(upgrade(document.en, ours)).toBe(document.en)
})
