import { simulate } from '../../server/test/simulation/simulate.ts'

export interface SimulationsFound {
  firstSeed: number
  seeds: number
  totals: { runs: number; deaths: number; refused: number; effects: number; undone: number }
  /** Broken promises, each with the seed that shows it again. */
  problems: string[]
}

/** The real core with a model of everything around it, once for each seed. */
export function runSimulations({
  seed: firstSeed,
  seeds,
}: {
  seed: number
  seeds: number
}): SimulationsFound {
  const totals = { runs: 0, deaths: 0, refused: 0, effects: 0, undone: 0 }
  const problems: string[] = []
  for (let seed = firstSeed; seed < firstSeed + seeds; seed++) {
    const report = simulate({ seed })
    for (const problem of report.problems) problems.push(`seed ${seed}: ${problem}`)
    totals.runs += report.runs
    totals.deaths += report.deaths
    totals.refused += report.refused
    totals.effects += report.effects
    totals.undone += report.undone
  }
  return { firstSeed, seeds, totals, problems }
}
