/** Milliseconds on the machine's monotonic clock: the same for every process of one machine, whatever NTP does. */
export function now() {
  return Number(process.hrtime.bigint()) / 1e6
}
