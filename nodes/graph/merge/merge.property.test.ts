import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Json } from '../../kit/json.ts'
import { type DocumentNode, WorkflowDocument } from '../document.ts'
import { changesBetween } from './changes.ts'
import type { Choices, Side } from './conflict.ts'
import { drawnFrom } from './drawn.ts'
import { merge } from './merge.ts'
import { same } from './same.ts'
import { differ } from './touched.ts'

const keys = ['a', 'b', 'c', 'd', 'e', 'f', 'g'] as const

const leaf: fc.Arbitrary<Json> = fc.oneof(
  fc.integer({ min: 0, max: 3 }),
  fc.constantFrom<Json>('x', 'y', { expr: 'steps.a' }, { expr: 'trigger.x' }, { kind: 'k' }, null),
)
const params = fc.dictionary(
  fc.constantFrom('p', 'q', 'r'),
  fc.oneof(
    leaf,
    fc.dictionary(fc.constantFrom('s', 't'), leaf),
    fc.array(leaf, { maxLength: 3 }),
    fc.uniqueArray(fc.record({ name: fc.constantFrom('m', 'n', 'o'), value: leaf }), {
      selector: ({ name }) => name,
      maxLength: 3,
    }),
  ),
)
const nodeOf = (key: string) =>
  fc.record({
    key: fc.constant(key),
    type: fc.constantFrom('flow.log', 'flow.log', 'flow.each'),
    version: fc.constant(1),
    name: fc.option(fc.constantFrom('One', 'Two'), { nil: undefined }),
    params,
    parent: fc.option(fc.constantFrom(...keys), { nil: undefined }),
    reliability: fc.option(fc.record({ attempts: fc.integer({ min: 1, max: 3 }) }), { nil: undefined }),
    notes: fc.option(fc.constantFrom('note'), { nil: undefined }),
    // A place of its own for each key: nodes at one place could be taken for a renamed one.
    position: fc.record({ x: fc.integer({ min: 0, max: 2 }), y: fc.constant(key.charCodeAt(0)) }),
  })
const wire = fc.record({
  from: fc.constantFrom(...keys),
  port: fc.constantFrom('out', 'error'),
  to: fc.constantFrom(...keys),
})

/** A drawing with sound structure: parents are frames before it in the alphabet, edges stay in their scope. */
function sound(
  nodes: Partial<DocumentNode>[],
  edges: { from: string; port: string; to: string }[],
): WorkflowDocument {
  const parents = new Map<unknown, string | undefined>()
  const kept = nodes.map(({ parent, ...node }) => {
    const frame = nodes.find((one) => one.key === parent && one.type === 'flow.each')
    const inside =
      frame?.key !== undefined && node.key !== undefined && frame.key < node.key ? frame.key : undefined
    parents.set(node.key, inside)
    return JSON.parse(JSON.stringify({ ...node, parent: inside }))
  })
  const seen = new Set<string>()
  const drawn = edges.filter(({ from, port, to }) => {
    const id = `${from} ${port} ${to}`
    const fits =
      parents.has(from) && parents.has(to) && parents.get(from) === parents.get(to) && !seen.has(id)
    seen.add(id)
    return fits && from < to
  })
  return WorkflowDocument.parse({ nodes: kept, edges: drawn })
}

const raw = fc.record({
  nodes: fc.tuple(...keys.map((key) => fc.option(nodeOf(key), { nil: undefined, freq: 4 }))),
  edges: fc.array(wire, { maxLength: 10 }),
})
type Raw = typeof raw extends fc.Arbitrary<infer T> ? T : never

const drawing = raw.map(({ nodes, edges }) =>
  sound(
    nodes.filter((one) => one !== undefined),
    edges,
  ),
)

/** A drawing and two that were made from it: every node and edge is left alone, changed, removed or added by chance. */
const three = fc
  .record({
    base: raw,
    mine: raw,
    theirs: raw,
    by: fc.array(fc.constantFrom('keep', 'keep', 'keep', 'other', 'mix'), { minLength: 14, maxLength: 14 }),
    wires: fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }),
  })
  .map(({ base, mine, theirs, by, wires }) => {
    const made = (side: Raw, offset: number) => {
      const nodes = base.nodes.map((node, index) => {
        const other = side.nodes[index]
        const how = by[index + offset]
        if (how === 'keep') return node
        return how === 'mix' && node && other
          ? { ...node, params: { ...node.params, p: other.params.p ?? 0 }, parent: other.parent }
          : other
      })
      const edges = [
        ...base.edges.filter((_, index) => wires[index + offset]),
        ...side.edges.filter((_, index) => wires[19 - index - offset]),
      ]
      return sound(
        nodes.filter((one) => one !== undefined),
        edges,
      )
    }
    return {
      base: sound(
        base.nodes.filter((one) => one !== undefined),
        base.edges,
      ),
      mine: made(mine, 0),
      theirs: made(theirs, 7),
    }
  })
const side = fc.constantFrom<Side>('mine', 'theirs')
const many = { numRuns: 300 }

/** No edge leads nowhere or across frames, no parent is missing or inside itself, no key or edge is there twice. */
function expectSound(document: WorkflowDocument) {
  const nodes = new Map(document.nodes.map((node) => [node.key, node]))
  expect(nodes.size).toBe(document.nodes.length)
  expect(new Set(document.edges.map((edge) => JSON.stringify(edge))).size).toBe(document.edges.length)
  for (const { from, to } of document.edges) {
    expect(nodes.has(from) && nodes.has(to), `${from} > ${to}`).toBe(true)
    expect(nodes.get(from)?.parent).toBe(nodes.get(to)?.parent)
  }
  for (const { key, parent } of document.nodes) {
    let at = parent
    for (let depth = 0; at !== undefined; depth++) {
      expect(nodes.has(at), `${at} around ${key}`).toBe(true)
      expect(depth).toBeLessThan(nodes.size)
      at = nodes.get(at)?.parent
    }
  }
  expect(WorkflowDocument.parse(document)).toEqual(document)
}

test('what only one side changed is taken as it is', () => {
  fc.assert(
    fc.property(drawing, drawing, (base, other) => {
      expect(merge({ base, mine: other, theirs: base })).toEqual({
        document: other,
        conflicts: [],
        changes: [],
      })
      expect(merge({ base, mine: base, theirs: other })).toMatchObject({ document: other, conflicts: [] })
      expect(merge({ base, mine: other, theirs: other })).toEqual({
        document: other,
        conflicts: [],
        changes: [],
      })
    }),
    many,
  )
})

test('the result is sound whatever is chosen, and the conflicts are the same', () => {
  fc.assert(
    fc.property(three, fc.infiniteStream(side), (documents, chance) => {
      const asked = merge(documents)
      expectSound(asked.document)
      expect(new Set(asked.conflicts.map(({ id }) => id)).size).toBe(asked.conflicts.length)
      const choices: Choices = Object.fromEntries(
        asked.conflicts.map(({ id }): [string, Side] => [id, chance.next().value]),
      )
      const chosen = merge({ ...documents, choices })
      expectSound(chosen.document)
      expect(chosen.conflicts).toEqual(asked.conflicts)
      expect(merge({ ...documents, choices })).toEqual(chosen)
    }),
    many,
  )
})

test('merging again changes nothing', () => {
  fc.assert(
    fc.property(three, ({ base, mine, theirs }) => {
      const once = merge({ base, mine, theirs }).document
      expect(merge({ base: theirs, mine: once, theirs }).document).toEqual(once)
      expect(merge({ base, mine: once, theirs }).document).toEqual(once)
    }),
    many,
  )
})

test('documents are left as they were', () => {
  fc.assert(
    fc.property(three, (documents) => {
      const before = structuredClone(documents)
      merge(documents)
      expect(documents).toEqual(before)
    }),
  )
})

/** What a side changed and the result has neither as that side has it nor a conflict about. */
function lost(
  { base, mine, theirs }: Record<'base' | 'mine' | 'theirs', WorkflowDocument>,
  from: Side,
): string[] {
  const { document, conflicts } = merge({ base, mine, theirs })
  const [old, own, now] = [drawnFrom(base), drawnFrom(from === 'mine' ? mine : theirs), drawnFrom(document)]
  const asked = (key: string, field?: string) =>
    conflicts.some(
      (one) =>
        one.node === key &&
        (one.field === undefined ||
          (field !== undefined && (one.field.startsWith(field) || field.startsWith(one.field)))),
    )
  const missing: string[] = []
  for (const change of changesBetween(base, from === 'mine' ? mine : theirs)) {
    switch (change.kind) {
      case 'node_added':
        if (
          differ(own.nodes.get(change.node), now.nodes.get(change.node)) &&
          !asked(change.node) &&
          !lifted(change.node)
        )
          missing.push(`node ${change.node}`)
        break
      case 'node_removed':
        if (now.nodes.has(change.node) && !asked(change.node)) missing.push(`removal of ${change.node}`)
        break
      case 'field': {
        if (asked(change.node, change.field) || (change.field === 'parent' && lifted(change.node))) break
        // A type takes its parameters with it.
        if (/^(type|params)/.test(change.field) && asked(change.node, 'type')) break
        const after = changesBetween(base, document).some((other) => same(other, change))
        // A row that moved counts as its list.
        const field = change.field.replace(/\.\d+(\..*)?$/, '')
        const parts = changesBetween(base, document).some(
          (other) =>
            other.kind === 'field' &&
            other.node === change.node &&
            (other.field.startsWith(field) || field.startsWith(other.field)),
        )
        if (!after && !parts) missing.push(`${change.node} ${change.field}`)
        break
      }
      case 'edge_added': {
        const { from: a, port, to: b } = change.edge
        const kept = document.edges.some((edge) => same(edge, change.edge))
        const explained = [a, b].some((key) => asked(key, 'parent') || lifted(key)) || asked(a, port)
        if (!kept && !explained) missing.push(`edge ${a} > ${b}`)
        break
      }
      case 'edge_removed': {
        const kept = document.edges.some((edge) => same(edge, change.edge))
        if (kept && !asked(change.edge.from, change.edge.port))
          missing.push(`removal of an edge of ${change.edge.from}`)
        break
      }
      case 'setting':
        break
      default:
        change satisfies never
    }
  }
  return missing

  /** Its frame, or one around it, is a conflict that was decided against it. */
  function lifted(key: string): boolean {
    for (
      let at = own.nodes.get(key)?.parent ?? old.nodes.get(key)?.parent;
      at !== undefined;
      at = own.nodes.get(at)?.parent
    )
      if (asked(at) || asked(at, 'parent')) return true
    return false
  }
}

test('no change is lost without a conflict about it', () => {
  fc.assert(
    fc.property(three, (documents) => {
      expect(lost(documents, 'mine')).toEqual([])
      expect(lost(documents, 'theirs')).toEqual([])
    }),
    many,
  )
})

test('choosing mine everywhere keeps all that I changed', () => {
  fc.assert(
    fc.property(three, ({ base, mine, theirs }) => {
      const { document } = merge({ base, mine, theirs })
      const [old, own, now] = [drawnFrom(base), drawnFrom(mine), drawnFrom(document)]
      for (const [key, node] of own.nodes) {
        const before = old.nodes.get(key)
        if (!before) expect(now.nodes.has(key)).toBe(true)
        else if (differ(before, node)) {
          const { name, notes, type, reliability } = node
          for (const [field, value] of Object.entries({ name, notes, type, reliability }))
            if (!same(Reflect.get(before, field), value))
              expect(Reflect.get(now.nodes.get(key)!, field)).toEqual(value)
        }
      }
    }),
    many,
  )
})
