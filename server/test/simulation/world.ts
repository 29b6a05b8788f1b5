import type { Effect } from '#nodes/kit/define-node.ts'
import type { Random } from './random.ts'

export interface Call {
  run: string
  step: string
  key: string
  token: number
  attempt: number
  effect: Effect
  /** It changed something; a refused call did not. */
  happened: boolean
  at: number
}

/** How an attempt at a step ends, when its worker lives to see it. */
export type Fate = 'out' | 'no' | 'fail' | 'wait'

/** What steps touch: it writes down every call with its key. What becomes of a step is settled from the start. */
export class World {
  readonly calls: Call[] = []
  readonly #fates: readonly Fate[]

  constructor(random: Random) {
    const common: readonly Fate[] = ['out', 'out', 'out', 'out', 'no', 'wait', 'fail']
    this.#fates = Array.from({ length: 13 }, () => random.pick(common))
  }

  /** The same for the same step and attempt, whoever asks and however often. */
  fateOf(step: string, attempt: number): Fate {
    const sum = [...`${step}#${attempt}`].reduce((all, letter) => all * 31 + letter.charCodeAt(0), 7)
    return this.#fates[Math.abs(sum) % this.#fates.length] ?? 'out'
  }
}
