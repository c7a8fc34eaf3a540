/** The wordmark: four exposed columns and the finish line. With `isBrief` only the mark is shown on a phone. */
export function Wordmark({ isBrief = false }: { isBrief?: boolean }) {
  return (
    <span className="flex items-center gap-2.5 text-[0.9375rem] font-semibold tracking-tight">
      <svg viewBox="0 0 24 24" className="size-6" aria-hidden="true">
        <g className="fill-ink">
          <rect x="1" y="9" width="2" height="6" opacity=".4" />
          <rect x="5" y="6" width="2" height="12" opacity=".6" />
          <rect x="9" y="8" width="2" height="8" opacity=".8" />
          <rect x="13" y="4" width="2" height="16" />
        </g>
        <rect x="18" width="2.5" height="24" className="fill-signal" />
      </svg>
      <span className={isBrief ? 'max-sm:sr-only' : undefined}>Photofinish</span>
    </span>
  )
}
