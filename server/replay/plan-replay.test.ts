import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DocumentNode, type WorkflowDocument } from '#nodes/graph/document.ts'
import { toGraph } from '#nodes/graph/graph.ts'
import type { Json } from '#nodes/kit/json.ts'
import { noRetry } from '#nodes/kit/reliability.ts'
import { apply } from '#server/engine/apply.ts'
import type { Command } from '#server/engine/command.ts'
import { decide } from '#server/engine/decide.ts'
import type { RunEvent } from '#server/engine/history.ts'
import { planOf } from '#server/engine/plan.ts'
import { emptyState } from '#server/engine/state.ts'
import { addToPast, emptyPast } from './past.ts'
import { planReplay, seedOf } from './plan-replay.ts'

interface Drawn {
  wires: readonly string[]
  frames?: Record<string, readonly string[]>
  repeats?: readonly string[]
  types?: Record<string, string>
}

/** `draw({ wires: ['start -> a', 'a:no -> b'] })`: nodes are named by the wires. */
function draw({ wires, frames = {}, repeats = [], types = {} }: Drawn): WorkflowDocument {
  const edges = wires.map((wire) => {
    const [source = '', to = ''] = wire.split(' -> ')
    const [from = '', port = 'out'] = source.split(':')
    return { from, port, to }
  })
  const parents = new Map(
    Object.entries(frames).flatMap(([frame, inside]) => inside.map((key) => [key, frame])),
  )
  const named = [...edges.flatMap(({ from, to }) => [from, to]), ...parents.keys()]
  const nodes = [...new Set(['start', ...named])].map((key) =>
    DocumentNode.parse({
      ...{ key, type: types[key] ?? 'test.step', version: 1, parent: parents.get(key) },
      ...(repeats.includes(key) ? { repeat: { list: { expr: 'input' }, concurrency: 2 } } : {}),
    }),
  )
  return { format: 1, nodes, edges }
}

const frameNames = ['each', 'n6']
const plan = (document: WorkflowDocument) =>
  planOf(toGraph(document), ({ key }) => ({ frame: frameNames.includes(key), retry: noRetry }))
const begun: RunEvent = { type: 'run.started', trigger: 'start', output: 'hello' }

/** How a step ends: by its name, so that the same step ends the same in every run. */
type Fate = (step: string) => string

/** Drives a run to its end from what has happened so far. */
function drive(document: WorkflowDocument, { fate, seed = [begun] }: { fate: Fate; seed?: RunEvent[] }) {
  const state = emptyState()
  const history: RunEvent[] = []
  const asked: string[] = []
  const append = (event: RunEvent) => {
    history.push(event)
    apply(state, event)
  }
  for (const event of seed) append(event)
  for (let turn = 0; turn < 1_000; turn++) {
    for (const command of decide(plan(document), state)) {
      if ('step' in command) asked.push(command.step)
      for (const event of eventsOf(command, fate)) append(event)
      if (command.type === 'finish-run')
        return { history, asked, status: command.status, output: command.output }
    }
  }
  throw new Error('Did not finish')
}

function eventsOf(command: Command, fate: Fate): RunEvent[] {
  switch (command.type) {
    case 'run-step': {
      const { step, attempt } = command
      const how = fate(step)
      const failure = { code: 'x', message: 'No', retryable: false }
      return [
        { type: 'step.started', step, attempt },
        how === 'fail'
          ? { type: 'step.failed', step, attempt, failure }
          : { type: 'step.finished', step, attempt, port: how, output: `${step} gave this` },
      ]
    }
    case 'open-step':
      return [{ type: 'step.opened', step: command.step, attempt: 1, items: [1, 2, 3], concurrency: 2 }]
    case 'close-iteration':
      return [{ ...command, type: 'iteration.closed' }]
    case 'close-step':
      return [{ type: 'step.finished', step: command.step, attempt: 1, port: 'out', output: command.output }]
    case 'fail-step':
      return [{ ...command, type: 'step.failed' }]
    case 'finish-run': {
      const { status, output, failure } = command
      return [{ type: 'run.finished', status, output, failure }]
    }
    default:
      throw new Error(`Nothing drawn here leads to ${command.type}`)
  }
}

function planned(about: {
  history: readonly RunEvent[]
  before: WorkflowDocument
  now?: WorkflowDocument
  from: string
  outputs?: Record<string, Json>
  hasOut?: () => boolean
}) {
  const past = emptyPast()
  for (const event of about.history) addToPast(past, event)
  const { before, now = before, from, outputs = {}, hasOut = () => true } = about
  return planReplay({
    ...{ past, before: toGraph(before), graph: toGraph(now), from, outputs, hasOut },
  })
}

const names = (taken: ReturnType<typeof planned>['taken']) => taken.map(({ step }) => step)
const codes = ({ problems }: ReturnType<typeof planned>) =>
  problems.map(({ code, step }) => (step ? `${code} ${step}` : code))

describe('what is taken over', () => {
  const line = draw({ wires: ['start -> a', 'a -> b', 'b -> c', 'a -> side'] })
  const fails: Fate = (step) => (step === 'c' ? 'fail' : 'out')
  const { history } = drive(line, { fate: fails })

  test('everything that ended and does not come after the step', () => {
    const plan = planned({ history, before: line, from: 'b' })
    expect(names(plan.taken)).toEqual(['a', 'side'])
    expect(plan).toMatchObject({ input: 'hello', runs: ['b', 'c'], undone: [], problems: [] })
    expect(seedOf(plan)[0]).toEqual({
      ...{ type: 'step.finished', step: 'a', attempt: 1, port: 'out', output: 'a gave this' },
      reused: true,
    })
  })

  test('with the output that was given instead, and the input', () => {
    const plan = planned({ history, before: line, from: 'c', outputs: { start: 'bye', b: { n: 1 } } })
    expect(plan.input).toBe('bye')
    expect(seedOf(plan).find((event) => 'step' in event && event.step === 'b')).toMatchObject({
      ...{ output: { n: 1 }, reused: true, edited: true },
    })
  })

  test('nothing when it begins at the trigger', () => {
    const plan = planned({ history, before: line, from: 'start' })
    expect(plan).toMatchObject({ taken: [], runs: ['start', 'a', 'b', 'side', 'c'] })
  })

  test('a step that failed, once somebody gives its output', () => {
    const longer = draw({ wires: ['start -> a', 'a -> b', 'b -> c', 'c -> d', 'a -> side'] })
    const past = drive(longer, { fate: fails }).history
    const outputs = { c: 'fixed' }
    expect(planned({ history: past, before: longer, from: 'd' })).toMatchObject({
      ...{ givable: ['c'], runs: ['c', 'd'] },
    })
    const plan = planned({ history: past, before: longer, from: 'd', outputs })
    expect(names(plan.taken)).toContain('c')
    const again = drive(longer, { fate: () => 'out', seed: [begun, ...seedOf(plan)] })
    expect(again).toMatchObject({ asked: ['d'], status: 'succeeded' })
  })

  test('not a step that failed and has no way out to give an output by', () => {
    const longer = draw({ wires: ['start -> a', 'a -> b', 'b -> c', 'c:yes -> d'] })
    const past = drive(longer, { fate: fails }).history
    const about = { history: past, before: longer, from: 'd', hasOut: () => false }
    expect(planned(about)).toMatchObject({ givable: [] })
    expect(codes(planned({ ...about, outputs: { c: 1 } }))).toEqual(['edit_not_taken c'])
  })

  test('a failure that its error wire took, as a failure', () => {
    const caught = draw({ wires: ['start -> a', 'a:error -> b', 'b -> c'] })
    const past = drive(caught, { fate: (step) => (step === 'a' ? 'fail' : 'out') }).history
    const plan = planned({ history: past, before: caught, from: 'c' })
    expect(seedOf(plan)).toMatchObject([{ type: 'step.failed', step: 'a', reused: true }, { step: 'b' }])
    expect(drive(caught, { fate: () => 'out', seed: [begun, ...seedOf(plan)] }).asked).toEqual(['c'])
  })

  test('not a failure that was to be tried again when the run was cancelled', () => {
    const caught = draw({ wires: ['start -> a', 'a:error -> b', 'b -> c', 'start -> d'] })
    const failure = { code: 'x', message: 'No', retryable: true }
    const past: RunEvent[] = [
      begun,
      { type: 'step.started', step: 'a', attempt: 1 },
      { type: 'step.failed', step: 'a', attempt: 1, failure },
    ]
    const from = (events: RunEvent[]) => planned({ history: [...past, ...events], before: caught, from: 'd' })
    expect(from([{ type: 'run.finished', status: 'cancelled', output: null }])).toMatchObject({
      ...{ taken: [], givable: ['a'], runs: ['a', 'd', 'b', 'c'] },
    })
    const handled = from([{ type: 'step.started', step: 'b', attempt: 1 }])
    // Its retries are over, whatever the version that is walked says of them.
    expect(seedOf(handled)).toMatchObject([{ step: 'a', failure: { retryable: false } }])
  })

  test('a step that is tried again when the run ends has not ended', () => {
    const again: RunEvent[] = [{ type: 'step.started', step: 'a', attempt: 2 }]
    const plan = planned({ history: [...history, ...again], before: line, from: 'side' })
    expect(names(plan.taken)).toEqual(['b'])
  })

  test('a step inside a frame stands for the whole frame', () => {
    const framed = draw({ wires: ['start -> a', 'a -> each', 'each -> c'], frames: { each: ['send'] } })
    const past = drive(framed, { fate: () => 'out' }).history
    expect(planned({ history: past, before: framed, from: 'each[1].send' })).toMatchObject({
      ...{ from: 'each', taken: [{ step: 'a' }], runs: ['each', 'c'], problems: [] },
    })
    expect(names(planned({ history: past, before: framed, from: 'c' }).taken)).toEqual(['a', 'each'])
  })

  test('not what was taken back: it runs again, with all that comes after it', () => {
    const taken: RunEvent[] = [{ type: 'step.undone', step: 'a', attempt: 1 }]
    const plan = planned({ history: [...history, ...taken], before: line, from: 'c' })
    expect(plan).toMatchObject({ taken: [], undone: ['a'], runs: ['a', 'b', 'side', 'c'] })
  })
})

describe('another version', () => {
  const before = draw({ wires: ['start -> a', 'a -> b', 'b -> c'] })
  const { history } = drive(before, { fate: (step) => (step === 'c' ? 'fail' : 'out') })
  const against = (drawn: Drawn, about: { from?: string; outputs?: Record<string, Json> } = {}) =>
    planned({ history, before, now: draw(drawn), from: 'c', ...about })

  test('runs what is new before the step, and takes over what was there', () => {
    const plan = against({ wires: ['start -> a', 'a -> b', 'b -> fix', 'fix -> c'] })
    expect(names(plan.taken)).toEqual(['a', 'b'])
    expect(plan).toMatchObject({ runs: ['fix', 'c'], problems: [] })
  })

  test('a failure is caught by the wire it did not have', () => {
    const plan = against({ wires: ['start -> a', 'a -> b', 'b -> c', 'c:error -> d'] }, { from: 'd' })
    expect(names(plan.taken)).toEqual(['a', 'b', 'c'])
    expect(plan).toMatchObject({ runs: ['d'], problems: [] })
  })

  test('what nothing leads to any more is left behind', () => {
    expect(names(against({ wires: ['start -> b', 'b -> c', 'a -> z'] }).taken)).toEqual(['b'])
  })

  test.each<[string[], Drawn, { from?: string; outputs?: Record<string, Json> }]>([
    [['step_gone c'], { wires: ['start -> a', 'a -> b'] }, {}],
    [['step_apart z'], { wires: ['start -> a', 'y -> z'] }, { from: 'z' }],
    [['trigger_gone start'], { wires: ['start -> c'], types: { start: 'trigger.webhook' } }, {}],
    [['taken_gone b'], { wires: ['start -> a', 'a -> c'] }, {}],
    [['taken_changed a'], { wires: ['start -> a', 'a -> b', 'b -> c'], types: { a: 'test.other' } }, {}],
    [['taken_changed a'], { wires: ['start -> a', 'a -> b', 'b -> c'], repeats: ['a'] }, {}],
    [['taken_changed a'], { wires: ['start -> each', 'each -> b', 'b -> c'], frames: { each: ['a'] } }, {}],
    [['edit_not_taken b'], { wires: ['start -> a', 'a -> b', 'b -> c'] }, { from: 'b', outputs: { b: 1 } }],
    [['edit_unknown z'], { wires: ['start -> a', 'a -> b', 'b -> c'] }, { outputs: { z: 1 } }],
  ])('refuses: %j', (expected, drawn, about) => {
    expect(codes(against(drawn, about))).toEqual(expected)
  })

  test('a past that is not kept', () => {
    expect(codes(planned({ history: [], before, from: 'c' }))).toEqual(['history_gone'])
  })
})

/** Nodes n0…n7; n6 may be a frame that holds n4 and n5, and n3 may repeat. Wires go from lower to higher. */
const anyDocument = fc
  .record({
    links: fc.array(
      fc.record({ a: fc.nat(7), b: fc.nat(7), port: fc.constantFrom('out', 'out', 'no', 'error') }),
      { maxLength: 18 },
    ),
    entries: fc.integer({ min: 1, max: 4 }),
    frame: fc.boolean(),
    repeat: fc.boolean(),
  })
  .map(({ links, entries, frame, repeat }) => {
    const isInside = (n: number) => frame && (n === 4 || n === 5)
    const wires = links
      .filter(({ a, b }) => a !== b && isInside(a) === isInside(b))
      .map(({ a, b, port }) => `n${Math.min(a, b)}:${port} -> n${Math.max(a, b)}`)
    const starts = [0, 1, 3, 6].slice(0, entries).map((n) => `start -> n${n}`)
    return draw({
      wires: [...starts, ...wires],
      ...(frame ? { frames: { n6: ['n4', 'n5'] } } : {}),
      repeats: repeat ? ['n3'] : [],
    })
  })
const anyFates = fc.array(fc.constantFrom('out', 'out', 'out', 'no', 'fail'), { minLength: 5, maxLength: 5 })
const fateBy =
  (fates: readonly string[]): Fate =>
  (step) =>
    fates[[...step].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % fates.length] ?? 'out'

function comesAfter(document: WorkflowDocument, from: string): Set<string> {
  const found = new Set([from])
  for (const key of found)
    for (const edge of document.edges) if (edge.from === key && edge.to !== key) found.add(edge.to)
  return found
}

describe('any run, from any of its steps', () => {
  const anyCase = fc.record({ document: anyDocument, fates: anyFates, pick: fc.nat(50) })
  const each = (check: (about: { document: WorkflowDocument; fate: Fate; from: string }) => void) =>
    fc.assert(
      fc.property(anyCase, ({ document, fates, pick }) => {
        const fate = fateBy(fates)
        const visited = drive(document, { fate }).asked
        const from = visited[pick % visited.length]
        if (from !== undefined) check({ document, fate, from })
      }),
      { numRuns: 500 },
    )

  test('nothing that comes after the step is taken over, and nothing taken over is asked for again', () => {
    each(({ document, fate, from }) => {
      const { history } = drive(document, { fate })
      const plan = planned({ history, before: document, from })
      const later = comesAfter(document, plan.from)
      const taken = names(plan.taken)
      expect(taken.filter((step) => later.has(step))).toEqual([])
      const { asked } = drive(document, { fate: () => 'out', seed: [begun, ...seedOf(plan)] })
      const outer = asked.map((step) => step.replace(/[[.].*$/, ''))
      expect(outer.filter((step) => taken.includes(step))).toEqual([])
      expect(outer.filter((step) => !plan.runs.includes(step))).toEqual([])
    })
  })

  test('what ended before the step is taken over, all of it', () => {
    each(({ document, fate, from }) => {
      const { history } = drive(document, { fate })
      const plan = planned({ history, before: document, from })
      const later = comesAfter(document, plan.from)
      const ended = history.flatMap((event) =>
        event.type === 'step.finished' && !event.step.includes('[') ? [event.step] : [],
      )
      expect(names(plan.taken)).toEqual(expect.arrayContaining(ended.filter((step) => !later.has(step))))
    })
  })

  test('a replay in which nothing is changed ends as the run did', () => {
    each(({ document, fate, from }) => {
      const first = drive(document, { fate })
      const plan = planned({ history: first.history, before: document, from })
      const again = drive(document, { fate, seed: [begun, ...seedOf(plan)] })
      expect({ status: again.status, output: again.output }).toEqual({
        status: first.status,
        output: first.output,
      })
    })
  })
})
