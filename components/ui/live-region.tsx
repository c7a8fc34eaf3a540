/** The page's one polite live region: how the videos get on, and the latest action that failed. */
export function LiveRegion({ announcement }: { announcement: string }) {
  return (
    <output aria-live="polite" className="sr-only">
      {announcement}
    </output>
  )
}
