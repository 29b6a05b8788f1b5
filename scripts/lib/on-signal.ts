/** Ends what was started when we are told to end, so that nothing is left running. */
export function onSignal(stop: () => Promise<unknown>): void {
  const end = () => void stop().finally(() => process.exit(130))
  process.once('SIGINT', end).once('SIGTERM', end)
}
