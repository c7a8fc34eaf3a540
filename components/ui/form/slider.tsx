import type { ComponentProps } from 'react'

interface Steps {
  min: number
  max: number
  step: number
}

type SliderProps = Steps & Omit<ComponentProps<'input'>, keyof Steps>

/** A ruler with a tick for every step; drag, click, type arrows. */
export function Slider({ min, max, step, ...rest }: SliderProps) {
  return (
    <div className="relative forced-color-adjust-none">
      <span aria-hidden="true" className="absolute inset-x-3 inset-y-0 flex items-center">
        <span className="flex h-5 w-full items-end justify-between">
          {stepsOf({ min, max, step }).map((value) => (
            <span key={value} className="h-2 w-px bg-edge first:h-full last:h-full" />
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

/** Every value from `min` up to `max`: 4, 6, 8. */
export function stepsOf({ min, max, step }: Steps) {
  const count = Math.floor((max - min) / step) + 1
  return Array.from({ length: count }, (_, index) => min + index * step)
}
