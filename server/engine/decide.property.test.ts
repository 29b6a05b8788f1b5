import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RetryPolicy } from '#nodes/kit/reliability.ts'
import { apply } from './apply.ts'
import type { Command } from './command.ts'
import { decide } from './decide.ts'
import type { RunEvent, RunOutcome } from './history.ts'
import type { Plan } from './plan.ts'
import { emptyState, recordOf } from './state.ts'
import { draw, started } from './test-graphs.ts'

const RUNS = 800
const SIZE = 8
/** Nodes n0…n7; n6 may be a frame that holds n4 and n5, and n3 may repeat. Wires go from lower to higher. */
const anyPlan = fc
  .record({
    links: fc.array(
      fc.record({ a: fc.nat(SIZE - 1), b: fc.nat(SIZE - 1), port: fc.constantFrom('out', 'no', 'error') }),
      { maxLength: 18 },
    ),
    retries: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: SIZE, maxLength: SIZE }),
    frame: fc.boolean(),
    repeat: fc.boolean(),
  })
  .map(({ links, retries, frame, repeat }) => {
    const inside = frame ? ['n4', 'n5'] : []
    const scoped = (n: number) => inside.includes(`n${n}`)
    const wires = links
      .filter(({ a, b }) => a !== b && scoped(a) === scoped(b))
      .map(({ a, b, port }) => `n${Math.min(a, b)}:${port} -> n${Math.max(a, b)}`)
    const entries = [0, 1, 2, 3, 6].map((n) => `start -> n${n}`).slice(0, 1 + (retries[0] ?? 1))
    const retry: Record<string, RetryPolicy> = Object.fromEntries(
      retries.map((attempts, n) => [`n${n}`, { attempts, delayMs: 1 }]),
    )
    return draw([...entries, ...wires], {
      frames: frame ? { n6: inside } : {},
      repeats: repeat ? ['n3'] : [],
      retry,
    })
  })

interface Fate {
  /** What becomes of an attempt at a step, by `step#attempt` in a table that wraps round. */
  fates: readonly string[]
  items: number
  concurrency: number
  /** Which of the steps in flight ends next. */
  picks: readonly number[]
  /** Turns at which the worker dies. */
  crashes: readonly boolean[]
}
const anyFate: fc.Arbitrary<Fate> = fc.record({
  fates: fc.array(fc.constantFrom('out', 'out', 'out', 'no', 'fail'), { minLength: 7, maxLength: 7 }),
  items: fc.nat(4),
  concurrency: fc.integer({ min: 1, max: 3 }),
  picks: fc.array(fc.nat(50), { minLength: 1, maxLength: 20 }),
  crashes: fc.constant([false]),
})
const anyPicks = fc.array(fc.nat(50), { minLength: 1, maxLength: 20 })

type RunStep = Extract<Command, { type: 'run-step' }>

function simulate(plan: Plan, fate: Fate) {
  const history: RunEvent[] = []
  const state = emptyState()
  const append = (event: RunEvent) => {
    history.push(event)
    apply(state, event)
  }
  append(started)
  let inFlight: RunStep[] = []
  const questions: RunStep[] = []
  for (let turn = 0; turn < 2_000; turn++) {
    for (let commands = decide(plan, state); commands.length > 0; commands = decide(plan, state)) {
      for (const command of commands) {
        if (command.type === 'run-step') inFlight.push(command)
        append(eventOf(command, fate))
        if (command.type === 'finish-run') return { history, status: command.status, output: command.output }
      }
    }
    if (fate.crashes[turn % fate.crashes.length]) {
      append({ type: 'run.claimed', worker: 'w', token: turn, reason: 'takeover' })
      inFlight = []
      continue
    }
    const open = inFlight.length + questions.length
    const pick = (fate.picks[turn % fate.picks.length] ?? 0) % open
    const [question] = pick < inFlight.length ? [] : questions.splice(pick - inFlight.length, 1)
    if (question) {
      append({ type: 'substep.finished', ...nameOf(question), name: 'may I', output: 'yes' })
      continue
    }
    const [job] = inFlight.splice(pick, 1)
    if (!job) throw new Error('Nothing in flight, and not finished')
    const answered = recordOf(state, { step: job.step, name: 'may I' })?.status === 'done'
    const event = endOf(job, {
      ...fate,
      fates: fate.fates.map((one) => (one === 'ask' && answered ? 'out' : one)),
    })
    append(event)
    if (event.type === 'step.suspended') questions.push(job)
  }
  throw new Error('Did not finish')
}

function eventOf(command: Command, { items, concurrency }: Fate): RunEvent {
  switch (command.type) {
    case 'run-step':
      return { type: 'step.started', step: command.step, attempt: command.attempt }
    case 'open-step': {
      const list = Array.from({ length: items }, (_, index) => index)
      return { type: 'step.opened', step: command.step, attempt: 1, items: list, concurrency }
    }
    case 'close-iteration':
      return { ...command, type: 'iteration.closed' }
    case 'close-step':
      return { type: 'step.finished', step: command.step, attempt: 1, port: 'out', output: command.output }
    case 'fail-step':
      return { ...command, type: 'step.failed' }
    case 'catch-step':
      return { ...command, type: 'step.caught' }
    case 'end-undo': {
      const { step, attempt, failed } = command
      if (!failed) return { type: 'step.undone', step, attempt }
      return { type: 'step.undo_failed', step, attempt, failure: failed.failure, cause: failed.step }
    }
    case 'finish-run':
      return { type: 'run.finished', status: command.status, output: command.output }
  }
}

/** Depends on the step and the attempt only, as a deterministic node does. */
function endOf({ step, attempt }: RunStep, { fates }: Fate): RunEvent {
  const letters = [...`${step}#${attempt}`].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7)
  const fate = fates[letters % fates.length] ?? 'out'
  if (fate === 'ask')
    return { type: 'step.suspended', step, attempt, asks: [{ name: 'may I', task: step, untilMs: null }] }
  if (fate === 'fail')
    return { type: 'step.failed', step, attempt, failure: { code: 'x', message: '', retryable: true } }
  return { type: 'step.finished', step, attempt, port: fate, output: `${step}#${attempt}` }
}

const nameOf = ({ step, attempt }: RunStep) => ({ step, attempt })

const stepsOf = (history: readonly RunEvent[], type: RunEvent['type']) =>
  history.flatMap((event) =>
    event.type === type && 'step' in event && 'attempt' in event ? [`${event.step}#${event.attempt}`] : [],
  )
const outcome = ({ status, output }: { status: RunOutcome; output: unknown }) => ({ status, output })

test('every run finishes, and each attempt is asked for once', () => {
  fc.assert(
    fc.property(anyPlan, anyFate, (plan, fate) => {
      const { history } = simulate(plan, fate)
      const asked = stepsOf(history, 'step.started')
      expect(new Set(asked).size).toBe(asked.length)
    }),
    { numRuns: RUNS },
  )
})

test('the outcome does not depend on the order in which steps end', () => {
  fc.assert(
    fc.property(anyPlan, anyFate, anyPicks, (plan, fate, picks) => {
      const a = simulate(plan, fate)
      const b = simulate(plan, { ...fate, picks })
      expect(outcome(a)).toEqual(outcome(b))
      // A frame that fails and is caught stops early, so which of its elements ran may differ.
      const finished = (history: readonly RunEvent[]) =>
        stepsOf(history, 'step.finished')
          .filter((step) => !step.includes('['))
          .sort()
      if (a.status === 'succeeded') expect(finished(a.history)).toEqual(finished(b.history))
    }),
    { numRuns: RUNS },
  )
})

test('losing the worker at any moment changes nothing but the number of starts', () => {
  const anyCrashes = fc.array(fc.boolean(), { minLength: 1, maxLength: 9 }).map((all) => [...all, false])
  fc.assert(
    fc.property(anyPlan, anyFate, anyCrashes, (plan, fate, crashes) => {
      const calm = simulate(plan, fate)
      const rough = simulate(plan, { ...fate, crashes })
      expect(outcome(rough)).toEqual(outcome(calm))
      const finished = stepsOf(rough.history, 'step.finished')
      expect(new Set(finished).size).toBe(finished.length)
    }),
    { numRuns: RUNS },
  )
})

test('questions on the way change nothing but the number of starts', () => {
  const asking = fc.array(fc.boolean(), { minLength: 7, maxLength: 7 })
  const anyCrashes = fc.array(fc.boolean(), { minLength: 1, maxLength: 9 }).map((all) => [...all, false])
  fc.assert(
    fc.property(anyPlan, anyFate, asking, anyCrashes, (plan, fate, which, crashes) => {
      const asked = fate.fates.map((one, at) => (one === 'out' && which[at] ? 'ask' : one))
      const calm = simulate(plan, fate)
      const curious = simulate(plan, { ...fate, fates: asked, crashes })
      expect(outcome(curious)).toEqual(outcome(calm))
      const finished = stepsOf(curious.history, 'step.finished')
      expect(new Set(finished).size).toBe(finished.length)
    }),
    { numRuns: RUNS },
  )
})

test('no step starts before one that leads to it has ended', () => {
  fc.assert(
    fc.property(anyPlan, anyFate, (plan, fate) => {
      const ended = new Set(['start'])
      for (const event of simulate(plan, fate).history) {
        if (event.type === 'step.finished' || event.type === 'step.failed') ended.add(event.step)
        const node =
          event.type === 'step.started' ? plan.root.find(({ key }) => key === event.step) : undefined
        if (node) expect(node.ways.some(({ from }) => ended.has(from))).toBe(true)
      }
    }),
    { numRuns: RUNS },
  )
})

test('the events inside a closed iteration can be left out', () => {
  fc.assert(
    fc.property(anyPlan, anyFate, (plan, fate) => {
      const { history } = simulate(plan, fate)
      const closed = new Set(
        history.flatMap((e) => (e.type === 'iteration.closed' ? [`${e.step}[${e.index}]`] : [])),
      )
      const inClosed = (step: string) =>
        [...closed].some((name) => step === name || step.startsWith(`${name}.`))
      const folded = history.filter((event) => !('step' in event) || !inClosed(event.step))
      const [whole, short] = [emptyState(), emptyState()]
      for (const event of history.slice(0, -1)) apply(whole, event)
      for (const event of folded.slice(0, -1)) apply(short, event)
      expect(decide(plan, short)).toEqual(decide(plan, whole))
      expect(short.root).toEqual(whole.root)
    }),
    { numRuns: RUNS },
  )
})

test('work grows in step with the number of iterations', () => {
  const plan = draw(['start -> each', 'a -> b'], { frames: { each: ['a', 'b'] } })
  const fate = { fates: ['out'], concurrency: 3, picks: [0], crashes: [false] }
  const open = (items: number) => {
    const state = emptyState()
    let most = 0
    for (const event of simulate(plan, { ...fate, items }).history) {
      apply(state, event)
      const step = state.root.get('each')
      if (step?.status === 'opened') most = Math.max(most, step.open.size)
    }
    return most
  }
  expect(open(300)).toBe(3)
})
