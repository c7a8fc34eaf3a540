import type { ComponentProps } from 'react'

interface SliderProps extends ComponentProps<'input'> {
  min: number
  max: number
  step: number
}

/** A ruler with a tick for every step; drag, click, type arrows. */
export function Slider({ min, max, step, ...rest }: SliderProps) {
  const count = Math.floor((max - min) / step) + 1
  return (
    <div className="relative forced-color-adjust-none">
      <span aria-hidden="true" className="absolute inset-x-3 inset-y-0 flex items-center">
        <span className="flex h-5 w-full items-end justify-between">
          {Array.from({ length: count }, (_, index) => (
            <span key={index} className="h-2 w-px bg-edge first:h-full last:h-full" />
          ))}
        </span>
      </span>
      <input
        {...rest}
        type="range"
        min={min}
        max={max}
        step={step}
        className="ruler relative block w-full"
      />
    </div>
  )
}
