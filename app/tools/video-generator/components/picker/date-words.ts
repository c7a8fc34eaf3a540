/** "24 September 2026", of an ISO date. */
export function dateWords(iso: string) {
  const date = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const
  return new Date(iso).toLocaleDateString('en-GB', date)
}
