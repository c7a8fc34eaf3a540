import type { FileView } from '#lib/contract/file-view'

const longest = 60

/** What is said of a video that came to its end out of sight, by the words of its prompt. */
export function endingWords({ status, settings: { prompt }, error }: FileView) {
  const name = prompt.length > longest ? `${prompt.slice(0, longest).trimEnd()}…` : prompt
  return status === 'completed'
    ? `“${name}” is ready.`
    : `“${name}” failed. ${error?.message ?? ''}`.trim()
}
