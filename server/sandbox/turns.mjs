/** A waiting line in which the lanes take turns, so that a long lane holds up nobody but itself. */
export function createTurns() {
  // The lane whose turn is next comes first.
  const lanes = new Map()

  return {
    push(job) {
      const lane = lanes.get(job.lane)
      if (lane) lane.push(job)
      else lanes.set(job.lane, [job])
    },
    shift() {
      const [first] = lanes
      if (!first) return undefined
      const [name, jobs] = first
      const job = jobs.shift()
      lanes.delete(name)
      if (jobs.length > 0) lanes.set(name, jobs)
      return job
    },
    remove(id) {
      for (const [name, jobs] of lanes) {
        const at = jobs.findIndex((job) => job.id === id)
        if (at >= 0) jobs.splice(at, 1)
        if (jobs.length === 0) lanes.delete(name)
      }
    },
    get isEmpty() {
      return lanes.size === 0
    },
  }
}
