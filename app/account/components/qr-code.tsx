import { encode } from 'uqr'

/** A text as a QR code. Dark on light in every theme: not every reader takes the opposite. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { size, data } = encode(text, { border: 4 })
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className="size-48 rounded-md bg-on-film forced-color-adjust-none"
    >
      <path d={pathOf(data)} className="fill-film" />
    </svg>
  )
}

/** A square for each dark module, as path data. */
function pathOf(data: readonly (readonly boolean[])[]) {
  const squares = data.flatMap((row, y) =>
    row.flatMap((isDark, x) => (isDark ? ['M', x, y, 'h1v1h-1z'] : [])),
  )
  return squares.join(' ')
}
