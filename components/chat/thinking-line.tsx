/** A placeholder for the answer: the line runs while time passes. */
export function ThinkingLine({ children }: { children: string }) {
  return (
    <div className="max-w-40">
      <p className="font-mono text-tiny text-soft">{children}</p>
      <div aria-hidden="true" className="relative mt-2 h-2 overflow-hidden">
        <span className="absolute inset-x-0 top-1/2 h-px bg-hairline" />
        <span className="absolute inset-y-0 w-0.5 animate-sweep bg-signal [animation-duration:1.6s]" />
      </div>
    </div>
  )
}
