/** A figure, or a dash where there is none yet. */
export function Figure({ words }: { words: string | null }) {
  if (words !== null) return words
  return (
    <>
      <span aria-hidden="true" className="text-soft">
        –
      </span>
      <span className="sr-only">none yet</span>
    </>
  )
}
