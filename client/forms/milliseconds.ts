export const seconds = (ms: number | undefined) => (ms === undefined ? undefined : ms / 1000)

export const milliseconds = (value: number | undefined) =>
  value === undefined ? undefined : Math.round(value * 1000)
